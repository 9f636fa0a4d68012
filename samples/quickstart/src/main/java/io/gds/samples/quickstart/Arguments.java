package io.gds.samples.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What was asked for.
 *
 * @param engine whose cluster is patched
 * @param members how many servers
 * @param synchronous whether commits wait for a standby
 * @param chaos the seed of the killing; empty for none
 * @param out where journal and report go
 * @param task what to do, for a process that only orchestrates
 */
record Arguments(
        EngineName engine, int members, boolean synchronous, OptionalLong chaos, Path out, Optional<Task> task) {
    Arguments {
        if (synchronous && engine == EngineName.MONGO) {
            throw new UsageException(
                    "--synchronous is for --engine postgres: with mongo the application's writes wait for a majority anyway");
        }
    }

    static Arguments parse(List<String> args) {
        EngineName engine = EngineName.POSTGRES;
        int members = 3;
        boolean synchronous = false;
        OptionalLong chaos = OptionalLong.empty();
        Path out = Path.of("target", "quickstart-run");
        Optional<Task> task = Optional.empty();
        for (int i = 0; i < args.size(); i++) {
            switch (args.get(i)) {
                case "--engine" -> engine = EngineName.parse(value(args, ++i));
                case "--members" -> members = number(args, ++i, Integer::parseInt);
                case "--synchronous" -> synchronous = true;
                case "--chaos" -> chaos = OptionalLong.of(number(args, ++i, Long::parseLong));
                case "--out" -> out = Path.of(value(args, ++i));
                case "--orchestrate" -> task = Optional.of(new Task(Path.of(value(args, ++i)), value(args, ++i)));
                case "" -> {}
                default ->
                    throw new UsageException("unknown argument " + args.get(i) + "; known: --engine "
                            + EngineName.known("|") + ", --members N, --synchronous, --chaos SEED, --out DIR");
            }
        }
        return new Arguments(engine, members, synchronous, chaos, out, task);
    }

    private static <N> N number(List<String> args, int i, Function<String, N> parser) {
        String text = value(args, i);
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new UsageException(args.get(i - 1) + ": found \"" + text + "\", expected a whole number", e);
        }
    }

    private static String value(List<String> args, int i) {
        if (i >= args.size()) {
            throw new UsageException(args.get(i - 1) + " needs a value");
        }
        return args.get(i);
    }

    boolean orchestrates() {
        return task.isPresent();
    }

    Arguments orchestrating(Task what) {
        return new Arguments(engine, members, synchronous, chaos, out, Optional.of(what));
    }

    List<String> toList() {
        List<String> all = new ArrayList<>(List.of(
                "--engine", engine.argument(), "--members", Integer.toString(members), "--out", out.toString()));
        if (synchronous) {
            all.add("--synchronous");
        }
        task.ifPresent(t -> all.addAll(List.of("--orchestrate", t.spec().toString(), t.to())));
        return all;
    }

    Path journal() {
        return out.resolve("runs.db");
    }

    Path report() {
        return out.resolve("report.html");
    }
}
