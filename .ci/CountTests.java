import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** Counts the tests that Surefire reported, and fails when fewer ran than .ci/expected-tests asks for, module by module. */
class CountTests {
    record Count(int total, int bad, int skipped) {
        Count plus(Count o) {
            return new Count(total + o.total, bad + o.bad, skipped + o.skipped);
        }
    }

    public static void main(String[] args) throws Exception {
        Path saved = Path.of(args[1]);
        if (args[0].equals("--save")) {
            StringBuilder text = new StringBuilder();
            count().forEach((m, c) -> text.append(m + " " + c.total + " " + c.bad + " " + c.skipped + "\n"));
            Files.writeString(saved, text);
            return;
        }
        Map<String, Count> ran = new TreeMap<>();
        for (String line : Files.readAllLines(saved)) {
            String[] w = line.split(" ");
            ran.put(w[0], new Count(Integer.parseInt(w[1]), Integer.parseInt(w[2]), Integer.parseInt(w[3])));
        }
        Files.delete(saved);
        boolean tooFew = false;
        for (String line : Files.readAllLines(Path.of(".ci/expected-tests"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] w = line.split("\\s+");
            Count c = ran.getOrDefault(w[0], new Count(0, 0, 0));
            int did = c.total - c.skipped;
            boolean enough = did >= Integer.parseInt(w[1]);
            tooFew |= !enough;
            System.out.printf("%-28s %5d ran, at least %s expected%s%n", w[0], did, w[1], enough ? "" : "  <-- TOO FEW");
        }
        Count all = ran.values().stream().reduce(new Count(0, 0, 0), Count::plus);
        System.out.printf(
                "%d passed, %d failed, %d skipped%n", all.total - all.bad - all.skipped, all.bad, all.skipped);
        System.exit(tooFew || all.bad > 0 || all.total == 0 ? 1 : 0);
    }

    private static Map<String, Count> count() throws Exception {
        Map<String, Count> out = new TreeMap<>();
        List<Path> reports;
        try (Stream<Path> all = Files.walk(Path.of("."))) {
            reports = all.filter(p -> p.toString().contains("target" + File.separator + "surefire-reports"))
                    .filter(p -> p.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
        for (Path p : reports) {
            String module = Path.of(".").relativize(p).toString().replaceFirst("/?target/.*", "");
            out.merge(module, read(p), Count::plus);
        }
        return out;
    }

    private static Count read(Path report) throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getDocumentElement();
        return new Count(
                number(suite, "tests"), number(suite, "failures") + number(suite, "errors"), number(suite, "skipped"));
    }

    private static int number(Element e, String name) {
        return e.getAttribute(name).isEmpty() ? 0 : Integer.parseInt(e.getAttribute(name));
    }
}
