package io.gds.samples.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was asked for.
 *
 * @param members how many servers
 * @param synchronous whether commits wait for a standby
 * @param chaos the seed of the killing; empty for none
 * @param out where journal and report go
 * @param spec the cluster spec, for a process that only orchestrates
 */
record Arguments(int members, boolean synchronous, OptionalLong chaos, Path out, Optional<Path> spec) {
    static Arguments parse(List<String> args) {
        int members = 3;
        boolean synchronous = false;
        OptionalLong chaos = OptionalLong.empty();
        Path out = Path.of("target", "quickstart-run");
        Optional<Path> spec = Optional.empty();
        for (int i = 0; i < args.size(); i++) {
            switch (args.get(i)) {
                case "--members" -> members = Integer.parseInt(value(args, ++i));
                case "--synchronous" -> synchronous = true;
                case "--chaos" -> chaos = OptionalLong.of(Long.parseLong(value(args, ++i)));
                case "--out" -> out = Path.of(value(args, ++i));
                case "--orchestrate" -> spec = Optional.of(Path.of(value(args, ++i)));
                case "" -> {}
                default ->
                    throw new IllegalArgumentException("unknown argument " + args.get(i)
                            + "; known: --members N, --synchronous, --chaos SEED, --out DIR");
            }
        }
        return new Arguments(members, synchronous, chaos, out, spec);
    }

    private static String value(List<String> args, int i) {
        if (i >= args.size()) {
            throw new IllegalArgumentException(args.get(i - 1) + " needs a value");
        }
        return args.get(i);
    }

    boolean orchestrates() {
        return spec.isPresent();
    }

    Arguments orchestrating(Path clusterSpec) {
        return new Arguments(members, synchronous, chaos, out, Optional.of(clusterSpec));
    }

    List<String> toList() {
        List<String> all = new ArrayList<>(List.of("--members", Integer.toString(members), "--out", out.toString()));
        if (synchronous) {
            all.add("--synchronous");
        }
        spec.ifPresent(s -> {
            all.add("--orchestrate");
            all.add(s.toString());
        });
        return all;
    }

    Path journal() {
        return out.resolve("runs.db");
    }

    Path report() {
        return out.resolve("report.html");
    }
}
