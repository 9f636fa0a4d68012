package io.gds.database.core.internal.packages;

import io.gds.database.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What the scripts found on one host that could get in the way of an installation. Immutable.
 *
 * @param host the host, for messages
 * @param member whom the findings are about
 */
record HostFindings(String host, String member) {
    List<Finding> of(Facts facts, Survey survey) {
        List<Finding> out = new ArrayList<>();
        for (List<String> lock : facts.of("lock", 3)) {
            out.add(Finding.warn(
                    "PKG-LOCKED",
                    member,
                    lock.get(0) + " on " + host + " is locked by process " + lock.get(1) + " ("
                            + lock.get(2).strip() + ")",
                    "nobody else at the packages",
                    "wait for it, and keep unattended upgrades from running during the run."));
        }
        TreeSet<String> broken = new TreeSet<>(facts.of("broken"));
        survey.packages().forEach(p -> broken.remove(p.name())); // ours, which the installation repairs
        if (!broken.isEmpty()) {
            out.add(Finding.block(
                    "PKG-BROKEN",
                    member,
                    "dpkg on " + host + " was interrupted in " + broken,
                    "packages that are installed completely",
                    "run dpkg --configure -a and apt-get --fix-broken install there, and see that it succeeds."));
        }
        for (String restarter : facts.of("restarter")) {
            out.add(Finding.block(
                    "PKG-RESTARTER",
                    member,
                    "on " + host + " a hook restarts services in a way that an installation cannot turn off: "
                            + restarter,
                    "needrestart called by its own hook or not at all",
                    "remove that hook until the run is over."));
        }
        if (facts.has("automatic")) {
            out.add(Finding.ack(
                    "PKG-NEEDRESTART",
                    member,
                    "needrestart on " + host + " restarts services by itself ($nrconf{restart} = 'a')",
                    "list only",
                    "set it to 'l' in /etc/needrestart/conf.d until the run is over; acknowledged, our own"
                            + " installations keep it from running, anybody else's would restart the server."));
        }
        return out;
    }
}
