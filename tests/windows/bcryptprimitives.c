/* A stand-in for the library of Windows 10 that has random numbers, which Wine 8 lacks. Only for tests. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    return SystemFunction036(data, (ULONG) length);
}
