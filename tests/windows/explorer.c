/* Starts a program as Explorer does: `explorer.exe PROGRAM [ARGUMENT…]`. Its own name is what counts. */
#include <process.h>

int main(int argc, char **argv)
{
    return argc < 2 ? 2 : (int) _spawnv(_P_WAIT, argv[1], (const char *const *) argv + 1);
}
