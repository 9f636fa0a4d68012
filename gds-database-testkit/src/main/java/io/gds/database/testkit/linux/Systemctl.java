package io.gds.database.testkit.linux;

import java.util.List;

/** {@code systemctl}, in the forms that are sent. Source: systemctl(1). */
final class Systemctl implements LinuxProgram {
    private static final int NO_UNIT = 5;
    private static final int REFUSED = 4;

    private final LinuxHost host;

    Systemctl(LinuxHost host) {
        this.host = host;
    }

    @Override
    public Exit run(List<String> words, String user) {
        if (words.size() < 3 || !words.get(words.size() - 2).equals("--")) {
            return unknown(words);
        }
        String name = words.get(words.size() - 1);
        if (!host.hasUnit(name)) {
            return Exit.failed(NO_UNIT, "Unit " + name + ".service not found.");
        }
        SystemdUnit unit = host.unit(name);
        List<String> verb = words.subList(0, words.size() - 2);
        if (verb.equals(List.of("show", "--property=ActiveState"))) {
            return Exit.good("ActiveState=" + unit.state().text() + "\n");
        }
        if (!user.equals("root")) {
            return Exit.failed(REFUSED, "Failed: Interactive authentication required.");
        }
        if (verb.equals(List.of("reset-failed"))) {
            unit.resetFailed();
        } else if (verb.equals(List.of("start", "--no-block"))) {
            unit.start();
        } else if (verb.equals(List.of("stop", "--no-block"))) {
            unit.stop();
        } else {
            return unknown(words);
        }
        return Exit.good("");
    }

    private Exit unknown(List<String> words) {
        return host.unknown("systemctl " + String.join(" ", words));
    }
}
