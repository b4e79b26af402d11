import subprocess, pickle, hashlib, yaml, requests


def run(cmd, data):
    subprocess.run(cmd, shell=True)
    hashlib.md5(data)
    yaml.load(data)
    requests.get("http://x", verify=False)
    assert cmd
    eval(data)
    password = "hunter22222"
    x = 1  # noqa
    subprocess.call("ls %s" % cmd, shell=True)  # noqa: S602
    return pickle.loads(data)
