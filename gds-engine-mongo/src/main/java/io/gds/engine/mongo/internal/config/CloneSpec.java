package io.gds.engine.mongo.internal.config;

import io.gds.database.spi.SpecFields;
import java.util.Optional;

/**
 * Where clones live: on the host of this process, like the members that they are copied from.
 *
 * @param directory the directory that clones are below; empty for the system's temporary one
 * @param firstPort the first port that clones may use
 * @param lastPort the last one
 */
public record CloneSpec(Optional<String> directory, int firstPort, int lastPort) {
    /** What holds where the spec says nothing of clones. Below the ports that the kernel gives to outgoing connections. */
    static final CloneSpec USUAL = new CloneSpec(Optional.empty(), 27_100, 27_199);

    private static final String USUAL_PORTS = USUAL.firstPort + "-" + USUAL.lastPort;
    private static final int LAST = 65_535;

    /** Reads the object {@code clone} of a spec and notes what is wrong with it. */
    static CloneSpec read(SpecFields fields) {
        fields.only("directory", "portRange");
        Optional<String> directory = fields.optionalText("directory");
        if (directory.filter(d -> !d.startsWith("/")).isPresent()) {
            fields.wrong("directory", "\"" + directory.get() + "\"", "an absolute path");
        }
        String range = fields.optionalText("portRange").orElse(USUAL_PORTS);
        String[] ends = range.matches("\\d{1,5}-\\d{1,5}") ? range.split("-", -1) : new String[] {"0", "0"};
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[1]);
        if (first < 1 || last > LAST || first > last) {
            fields.wrong("portRange", "\"" + range + "\"", "two ports such as " + USUAL_PORTS);
        }
        return new CloneSpec(directory, first, last);
    }
}
