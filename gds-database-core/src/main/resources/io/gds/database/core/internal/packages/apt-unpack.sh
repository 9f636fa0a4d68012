# Fetches packages and lays their files below a directory, without installing anything. Arguments: the directory, packages.
dir=$1
shift
LC_ALL=C
export LC_ALL
[ ! -d "$dir" ] || exit 0
rm -rf -- "$dir.debs" "$dir.new" && mkdir -- "$dir.debs" "$dir.new" && cd -- "$dir.debs" || exit
apt-get -q download "$@" >/dev/null || exit
for deb in ./*.deb; do
    dpkg-deb -x "$deb" "$dir.new" || exit
done
mv -T -- "$dir.new" "$dir" && rm -rf -- "$dir.debs"
