package io.gds.samples.benchmarks;

import io.gds.database.DatabaseEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the api jar brings along: by its pom, and by what its classes really use. */
final class ApiDependencies {
    private static final Set<String> ALLOWED = Set.of("org.jspecify:jspecify", "org.slf4j:slf4j-api");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern MODULE = Pattern.compile("->\\s+(\\S+)");

    List<Figure> measure() throws IOException, InterruptedException {
        Path api = jarOf(DatabaseEngine.class);
        Set<String> byPom = new TreeSet<>();
        Matcher m = DEPENDENCY.matcher(pom(api));
        while (m.find()) {
            String scope = element(m.group(1), "scope");
            if (scope.isEmpty() || scope.equals("compile") || scope.equals("runtime")) {
                byPom.add(element(m.group(1), "groupId") + ":" + element(m.group(1), "artifactId"));
            }
        }
        List<String> used = jdeps(api);
        System.out.println("raw api-deps: by its pom " + byPom + ", used by its classes " + used);
        boolean ok = ALLOWED.containsAll(byPom)
                && used.stream()
                        .allMatch(u ->
                                u.startsWith("java.") || u.startsWith("org.slf4j") || u.startsWith("org.jspecify"));
        return List.of(new Figure("api-deps", byPom.size() + " jars", "-", "-", "jspecify,slf4j", ok));
    }

    private static Path jarOf(Class<?> type) {
        return Path.of(java.net.URI.create(
                String.valueOf(type.getProtectionDomain().getCodeSource().getLocation())));
    }

    private static String pom(Path api) throws IOException {
        if (Files.isDirectory(api)) { // target/classes
            return Files.readString(api.resolve("../../pom.xml").normalize());
        }
        try (ZipFile jar = new ZipFile(api.toFile())) {
            ZipEntry pom = jar.getEntry("META-INF/maven/io.gds/gds-database-api/pom.xml");
            try (InputStream in = jar.getInputStream(pom)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private static String element(String xml, String name) {
        Matcher m =
                Pattern.compile("<" + name + ">\\s*(.*?)\\s*</" + name + ">").matcher(xml);
        return m.find() ? m.group(1) : "";
    }

    /** Modules, as jdeps sees them in the byte code; annotations that the running program never needs are not in it. */
    private static List<String> jdeps(Path api) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jdeps");
        Path out = Files.createTempFile("jdeps", ".txt");
        int code = new ProcessBuilder(
                        tool.toString(),
                        "--multi-release",
                        "17",
                        "--ignore-missing-deps",
                        "-s",
                        "--module-path",
                        System.getProperty("java.class.path"),
                        api.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        String text = Files.readString(out);
        Files.delete(out);
        if (code != 0) {
            throw new IllegalStateException("jdeps: " + text);
        }
        List<String> modules = new ArrayList<>();
        Matcher m = MODULE.matcher(text);
        while (m.find()) {
            modules.add(m.group(1));
        }
        return modules;
    }
}
