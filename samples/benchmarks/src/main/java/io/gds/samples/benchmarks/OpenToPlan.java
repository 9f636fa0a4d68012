package io.gds.samples.benchmarks;

import io.gds.samples.embedded.EmbeddedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From opening the library to a printed plan, at a JShell prompt where that was done once before. */
final class OpenToPlan {
    private static final Pattern TOOK = Pattern.compile("took (\\d+) then (\\d+) ms");

    List<Figure> measure(int repetitions) throws IOException, InterruptedException {
        Samples warm = new Samples("open-to-plan warm, ms");
        Samples cold = new Samples("open-to-plan first, ms");
        Path dir = Bed.directory("open-to-plan");
        try (EmbeddedCluster cluster = Bed.cluster(false)) {
            Path spec = dir.resolve("orders.yaml");
            cluster.writeSpec(spec);
            Path script = dir.resolve("plan.jsh");
            Files.writeString(script, script(spec, dir.resolve("runs.db")));
            for (int i = 0; i < repetitions; i++) {
                run(script, dir.resolve("jshell-" + i + ".txt"), cold, warm);
            }
        }
        warm.print(cold);
        return List.of(
                Figure.told("open-to-plan, warm", Samples.number(warm.median()) + " ms"),
                Figure.told("open-to-plan, first", Samples.number(cold.median()) + " ms"));
    }

    private static String script(Path spec, Path journal) {
        return String.join(
                "\n",
                "import io.gds.database.core.*;",
                "import io.gds.database.plan.*;",
                "import java.nio.file.Path;",
                "long plan() {",
                "  long start = System.nanoTime();",
                "  try (var journal = Journal.sqlite(Path.of(\"" + journal + "\"));",
                "       var patcher = RollingPatcher.create(journal);",
                "       var orders = Engines.open(Path.of(\"" + spec + "\"))) {",
                "    System.out.println(patcher.plan(orders, PatchRequest.to(\"" + Bed.TO + "\")).asRunbook());",
                "  }",
                "  return (System.nanoTime() - start) / 1_000_000;",
                "}",
                "long first = plan();",
                "long second = plan();",
                "System.out.println(\"took \" + first + \" then \" + second + \" ms\");",
                "/exit",
                "");
    }

    private static void run(Path script, Path out, Samples cold, Samples warm)
            throws IOException, InterruptedException {
        Process p = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jshell")
                                .toString(),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        "-s",
                        script.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!p.waitFor(2, TimeUnit.MINUTES)) {
            p.destroyForcibly();
        }
        Matcher m = TOOK.matcher(Files.readString(out));
        if (!m.find()) {
            throw new IllegalStateException("JShell: " + Files.readString(out));
        }
        cold.add(Double.parseDouble(m.group(1)));
        warm.add(Double.parseDouble(m.group(2)));
    }
}
