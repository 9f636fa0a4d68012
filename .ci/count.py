"""Counts the tests that Surefire reported, and fails when fewer ran than .ci/expected-tests asks for, module by module."""
import glob
import os
import sys
import xml.etree.ElementTree as ET


def count():
    by_module = {}
    for report in glob.glob("**/target/surefire-reports/TEST-*.xml", recursive=True):
        module = report.split("/target/")[0]
        suite = ET.parse(report).getroot()
        total, bad, skipped = by_module.get(module, (0, 0, 0))
        bad += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        by_module[module] = (total + int(suite.get("tests", 0)), bad, skipped + int(suite.get("skipped", 0)))
    return by_module


def expected():
    out = {}
    with open(".ci/expected-tests") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                module, least = line.split()
                out[module] = int(least)
    return out


def main():
    mode, path = sys.argv[1], sys.argv[2]
    if mode == "--save":
        with open(path, "w") as f:
            for module, numbers in sorted(count().items()):
                f.write("%s %d %d %d\n" % ((module,) + numbers))
        return 0
    by_module = {}
    with open(path) as f:
        for line in f:
            module, total, bad, skipped = line.split()
            by_module[module] = (int(total), int(bad), int(skipped))
    os.remove(path)
    short = 0
    for module, least in sorted(expected().items()):
        ran = by_module.get(module, (0, 0, 0))[0] - by_module.get(module, (0, 0, 0))[2]
        print("%-28s %5d ran, at least %d expected%s" % (module, ran, least, "" if ran >= least else "  <-- TOO FEW"))
        short += ran < least
    total = sum(n[0] for n in by_module.values())
    bad = sum(n[1] for n in by_module.values())
    skipped = sum(n[2] for n in by_module.values())
    print("%d passed, %d failed, %d skipped" % (total - bad - skipped, bad, skipped))
    return 1 if short or bad or total == 0 else 0


sys.exit(main())
