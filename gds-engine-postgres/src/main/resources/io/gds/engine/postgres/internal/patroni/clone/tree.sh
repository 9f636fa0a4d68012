# Puts a version together: the server's directories as they are installed, extensions and all, and over them the files of
# unpacked packages, if any. Programs find their libraries by their own path, as long as its end stays as it was built.
# Of the programs only the server's own are taken, since some distributions keep them in /usr/bin.
# Arguments: the clone's directory, version, directory of unpacked packages or nothing, the programs' directory, the others.
set -e
versions=$1/versions version=$2 unpacked=$3 bin=$4
shift 4
new=$versions/.new-$version
rm -rf -- "$new"
mkdir -- "$new"
for directory; do
    mkdir -p -- "$new${directory%/*}"
    cp -a -- "$directory" "$new$directory"
done
mkdir -p -- "$new$bin"
for program in "$bin"/postgres "$bin"/postmaster "$bin"/initdb "$bin"/psql "$bin"/pg_*; do
    [ ! -e "$program" ] || cp -a -- "$program" "$new$bin/"
done
[ -z "$unpacked" ] || cp -a -- "$unpacked/." "$new/"
[ -e "$new/bin" ] || ln -s -- "${bin#/}" "$new/bin"
library=$(find "$new/usr" -name libpq.so.5 -print 2>/dev/null | head -n 1)
[ -z "$library" ] || [ -e "$new/lib" ] || { library=${library#"$new/"} && ln -s -- "${library%/*}" "$new/lib"; }
mv -T -- "$new" "$versions/$version"
