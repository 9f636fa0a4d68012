# Looks whether a host has what a clone needs, then claims a directory and ports for it. Reads a wish and prints either what
# is wrong or the clone's note, which by then lies in its directory. Run as root, by Patroni's own interpreter.
import contextlib, fcntl, json, os, pwd, shutil, socket, subprocess, sys

wish = json.load(sys.stdin)
parent, name = wish["parent"], wish["name"]
wrong = []  # pairs of what was found and what to do


def programs():
    os.environ["PATH"] += ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    etcd = shutil.which("etcd")
    if not etcd:
        wrong.append(("no program etcd, and the clone keeps an etcd of its own",
                      "install it (Debian: etcd-server), without starting the service that comes with it"))
    try:
        import patroni.dcs.etcd3
    except ImportError as e:
        wrong.append(("%s: %s" % (sys.executable, e), "install Patroni with what it needs for etcd (Debian: python3-etcd)"))
    if not os.path.isdir("/run/systemd/system"):
        wrong.append(("no systemd", "name another host as clone.host"))
    return etcd


def server_directories():
    if not wish["programs"]:
        return []
    tool = wish["programs"] + "/pg_config"
    try:
        said = subprocess.run([tool, "--bindir", "--pkglibdir", "--sharedir"], stdout=subprocess.PIPE, check=True)
        return said.stdout.decode().split("\n")[:3]
    except (OSError, subprocess.CalledProcessError) as e:
        wrong.append(("%s: %s" % (tool, e), "install the packages of the cluster's version on that host"))


def room():
    if not os.path.isdir(parent):
        wrong.append(("%s is no directory" % parent, "make it, or name another one as clone.directory"))
        return
    disk = os.statvfs(parent)
    free = disk.f_bavail * disk.f_frsize
    if free < wish["bytes"]:
        wrong.append(("%d bytes free in %s, the copy needs %d" % (free, parent, wish["bytes"]),
                      "free some, or name another directory as clone.directory"))


def account():
    try:
        return pwd.getpwnam(wish["owner"])
    except KeyError:
        wrong.append(("no account " + wish["owner"], "create it, or name another host as clone.host"))


def own_address():
    for address in wish["addresses"]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with contextlib.closing(socket.socket(family)) as s, contextlib.suppress(OSError):
            s.bind((address, 0))
            return address
    wrong.append(("%s, as it is reached, is no address of its own" % ", ".join(wish["addresses"]),
                  "name an address as clone.host that is one"))


def is_free(port):
    with contextlib.closing(socket.socket()) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("", port))
            return True
        except OSError:
            return False


def noted_ports(directory):
    try:
        with open(os.path.join(directory, "clone.json")) as f:
            return json.load(f).get("ports", [])
    except (OSError, ValueError):
        return []


def claim(note, owner):
    lock = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(lock, fcntl.LOCK_EX)  # until this process ends
    taken = set()
    for entry in os.listdir(parent):
        if entry.startswith(".gds-clone-"):
            shutil.rmtree(os.path.join(parent, entry))  # of a claim that died, since the lock is ours
        elif entry.startswith("gds-clone-"):
            taken.update(noted_ports(os.path.join(parent, entry)))
    path = os.path.join(parent, name)
    if os.path.exists(path):
        wrong.append(("%s is there already" % path, "choose another id"))
        return
    ports = [p for p in range(wish["first"], wish["last"] + 1) if p not in taken and is_free(p)][:wish["count"]]
    if len(ports) < wish["count"]:
        wrong.append(("%d free ports from %d to %d, the clone needs %d"
                      % (len(ports), wish["first"], wish["last"], wish["count"]), "widen clone.portRange"))
        return
    note["ports"] = ports
    made = os.path.join(parent, "." + name)
    for directory in made, made + "/versions", made + "/unpacked":
        os.mkdir(directory, 0o700)
        os.chown(directory, owner.pw_uid, owner.pw_gid)
    with open(os.open(made + "/clone.json", os.O_WRONLY | os.O_CREAT, 0o600), "w") as f:
        json.dump(note, f)
        f.flush()
        os.fsync(f.fileno())
    os.rename(made, path)  # there is no directory without its note
    os.fsync(lock)


note = dict(wish["note"], etcd=programs(), directories=server_directories(), address=own_address())
note["missing"] = [f for f in wish["files"] if not os.path.exists(f)]
owner = account()
room()
if not wrong:
    claim(note, owner)
print(json.dumps({"wrong": [" -> ".join(w) for w in wrong]} if wrong else {"note": note}))
