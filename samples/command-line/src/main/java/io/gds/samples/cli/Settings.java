package io.gds.samples.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where things are and what is meant.
 *
 * @param spec the spec of the fleet
 * @param mapping which build gets which packages
 * @param catalogue by what target builds are judged; empty for nothing
 * @param output where history and logs are kept
 * @param servers the servers that are meant; all when empty
 * @param active whether the fleet is the active servers of earlier runs, instead of the targets of the spec
 * @param yes whether nobody is to be asked
 * @param verbose whether waits are shown as well
 */
record Settings(
        Path spec,
        Path mapping,
        Optional<Catalogue> catalogue,
        Path output,
        List<String> servers,
        boolean active,
        boolean yes,
        boolean verbose) {
    Settings {
        servers = List.copyOf(servers);
    }

    /** A directory with {@code fleet.yaml} and {@code hotfix_mapping.json}, or a spec with the mapping beside it. */
    static Settings of(
            Path config,
            Optional<Catalogue> catalogue,
            Path output,
            List<String> servers,
            boolean active,
            boolean yes,
            boolean verbose) {
        Path spec = config.toFile().isDirectory() ? config.resolve("fleet.yaml") : config;
        return new Settings(
                spec, spec.resolveSibling("hotfix_mapping.json"), catalogue, output, servers, active, yes, verbose);
    }

    Path history() {
        return output.resolve("history.db");
    }
}
