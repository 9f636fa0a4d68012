# Closes a clone's etcd to everybody else, and writes the clone's configuration. The password that is made here never leaves
# the host. Reads an order; run as the server's account, by Patroni's own interpreter, once for each clone.
import json, os, secrets, sys, urllib.request, yaml

order = json.load(sys.stdin)
patroni, etcd = order["patroni"], "http://" + order["etcd"]


def call(path, body, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = token
    request = urllib.request.Request(etcd + "/v3/" + path, json.dumps(body).encode(), headers)
    with opener.open(request, timeout=20) as answer:
        return json.load(answer)


def write(path, text):
    if os.path.lexists(path):
        os.remove(path)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
        f.write(text)


opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
password = secrets.token_hex(24)
call("auth/user/add", {"name": "root", "password": password})
call("auth/role/add", {"name": "root"})
call("auth/user/grant", {"user": "root", "role": "root"})
call("auth/enable", {})
token = call("auth/authenticate", {"name": "root", "password": password})["token"]
if int(call("kv/range", {"key": "AA==", "range_end": "AA=="}, token).get("count", 0)):
    sys.exit("somebody else has written to the clone's etcd")
patroni["etcd3"] = {"host": order["etcd"], "username": "root", "password": password}

if order["certificates"]:  # the REST interface has those of the member that the clone stands beside
    with open(order["certificates"]) as f:
        beside = (yaml.safe_load(f) or {}).get("restapi") or {}
    for key in "certfile", "keyfile", "keyfile_password", "cafile", "verify_client", "ciphers":
        if key in beside:
            patroni["restapi"][key] = beside[key]

for path in order["remove"]:
    if os.path.lexists(path):
        os.remove(path)
for path, text in order["files"].items():
    write(path, text)
write(order["config"], json.dumps(patroni))  # which is YAML, too
