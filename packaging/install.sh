#!/bin/sh
# Installs Coffer for one person, without root, or for all with a prefix such as /usr/local.
#   ./install.sh [PREFIX]            the default is ~/.local
#   ./install.sh --remove [PREFIX]   removes all that it has installed; what you keep in Coffer stays
set -eu
cd "$(dirname "$0")"
remove=false
if [ "${1:-}" = --remove ]; then
    remove=true
    shift
fi
prefix=${1:-$HOME/.local}
list=$prefix/share/doc/coffer/installed-files

if $remove; then
    if [ ! -f "$list" ]; then
        echo "Coffer was not installed in $prefix by this script." >&2
        exit 1
    fi
    while IFS= read -r file; do
        rm -f "$prefix/$file"
        # Folders that are empty now go as well.
        rmdir -p --ignore-fail-on-non-empty "$prefix/$(dirname "$file")" 2>/dev/null || true
    done <"$list"
    rm -f "$list"
    rmdir --ignore-fail-on-non-empty "$prefix/share/doc/coffer" 2>/dev/null || true
    echo "Coffer was removed from $prefix."
    exit 0
fi

find bin share -type f | while IFS= read -r file; do
    install -D -m "$(stat -c %a "$file")" "$file" "$prefix/$file"
done
# The menu of the desktop finds the program wherever it is.
desktop=$prefix/share/applications/coffer.desktop
sed -i "s|^Exec=coffer|Exec=\"$prefix/bin/coffer\"|" "$desktop"
mkdir -p "$(dirname "$list")"
find bin share -type f >"$list"
if command -v update-desktop-database >/dev/null; then
    update-desktop-database "$prefix/share/applications" 2>/dev/null || true
fi
echo "Coffer was installed in $prefix."
case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) echo "$prefix/bin is not in your PATH: start Coffer from the menu of your desktop, or as $prefix/bin/coffer." ;;
esac
