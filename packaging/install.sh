#!/bin/sh
# Installs planmaker @VERSION@ for this user, as ~/.local/bin/planmaker, and replaces an older one there. Only this script uses the
# network; planmaker never does.
set -eu

version='@VERSION@'
downloads='@DOWNLOADS@'

stop() { printf 'planmaker is not installed: %s\n' "$1" >&2; exit 1; }

fetch() {
    if command -v curl >/dev/null; then
        curl --fail --silent --show-error --location --output "$2" "$1"
    else
        wget --quiet --tries=1 --output-document "$2" "$1"
    fi || stop "cannot download $1"
}

# The system's own command for the hash: Linux has the first, macOS the second.
sha256() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }

# In a function, so that a script that arrives in part does nothing.
main() {
    case $(uname -s)-$(uname -m) in
    Linux-x86_64) target=x86_64-unknown-linux-musl ;;
    Darwin-x86_64) target=x86_64-apple-darwin ;;
    Darwin-arm64) target=aarch64-apple-darwin ;;
    *) stop "there is no program for $(uname -s) on $(uname -m)" ;;
    esac
    name=planmaker-$version-$target
    bin=$HOME/.local/bin
    # Next to its destination, because only there is moving it a single step.
    new=$bin/.planmaker.new
    folder=$(mktemp -d)
    trap 'rm -rf "$folder" "$new"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' HUP TERM

    fetch "$downloads/SHA256SUMS" "$folder/SHA256SUMS"
    fetch "$downloads/$name.tar.gz" "$folder/$name.tar.gz"
    sum=$(sed -n "s/  $name\.tar\.gz\$//p" "$folder/SHA256SUMS")
    [ -n "$sum" ] || stop "SHA256SUMS does not name $name.tar.gz"
    [ "$(sha256 "$folder/$name.tar.gz")" = "$sum" ] || stop "the download is damaged or not complete"
    tar -xzf "$folder/$name.tar.gz" -C "$folder"
    [ "$("$folder/$name/planmaker" --version)" = "planmaker $version" ] || stop "the program does not run here"

    mkdir -p "$bin"
    cp "$folder/$name/planmaker" "$new"
    mv -f "$new" "$bin/planmaker"
    echo "planmaker $version is installed: $bin/planmaker"
    case :$PATH: in
    *:$bin:*) ;;
    *) echo "Put $bin on your PATH to run it as 'planmaker'." ;;
    esac
}

main
