# Says what Patroni's configuration file says, without any of its passwords. Run by Patroni's own interpreter, which has yaml.
import json, os, pwd, sys, yaml

path = sys.argv[1]
with open(path) as f:
    config = yaml.safe_load(f) or {}
server = config.get("postgresql") or {}
data_dir = server.get("data_dir") or ""
bin_dir = server.get("bin_dir") or ""
if not bin_dir:
    try:
        with open(os.path.join(data_dir, "postmaster.pid")) as f:
            bin_dir = os.path.dirname(os.readlink("/proc/%d/exe" % int(f.readline())))
    except (OSError, ValueError):
        pass
try:
    owner = pwd.getpwuid(os.stat(data_dir).st_uid).pw_name
except (OSError, KeyError):
    owner = ""
print(json.dumps({
    "name": str(config.get("name") or ""),
    "scope": str(config.get("scope") or ""),
    "dataDir": data_dir,
    "binDir": bin_dir,
    "owner": owner,
    "tags": {str(k): v for k, v in (config.get("tags") or {}).items()},
    "watchdog": str((config.get("watchdog") or {}).get("mode") or "automatic"),
}, default=str))
