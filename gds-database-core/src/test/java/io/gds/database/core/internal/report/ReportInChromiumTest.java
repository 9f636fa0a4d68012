package io.gds.database.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at the report with a real browser. Pictures of it are left in target/report-shots. */
@Tag("slow")
class ReportInChromiumTest {
    private static final Path SHOTS = Path.of("target", "report-shots").toAbsolutePath();
    private static final Map<String, ReportSource> RUNS = Map.of(
            "canary", SampleRuns.canarySuccess(),
            "rolled-back", SampleRuns.rolledBack(),
            "takeover", SampleRuns.takeover(),
            "undetermined", SampleRuns.undetermined(),
            "hostile", SampleRuns.hostile());

    private static Chromium browser;
    private static String address;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> program = Chromium.program();
        if (program.isEmpty()) {
            String why = "no chromium on the PATH; apt-get install chromium to look at reports with a browser";
            if ("1".equals(System.getenv("GDS_REQUIRE_CHROMIUM"))) {
                fail(why);
            }
            System.out.println("ReportInChromiumTest skipped: " + why);
            assumeTrue(false, why);
        }
        Files.createDirectories(SHOTS);
        browser = Chromium.start(program.orElseThrow());
        try {
            address = browser.devTools();
        } catch (IOException | InterruptedException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}x{3}")
    @CsvSource({
        "canary, light, 1280, 800",
        "canary, dark, 1280, 800",
        "canary, light, 360, 740",
        "canary, dark, 360, 740",
        "rolled-back, light, 1280, 800",
        "rolled-back, dark, 1280, 800",
        "rolled-back, light, 360, 740",
        "takeover, light, 1280, 800",
        "takeover, dark, 360, 740",
        "undetermined, light, 1280, 800",
        "undetermined, dark, 1280, 800",
        "undetermined, light, 360, 740",
        "hostile, light, 1280, 800",
        "hostile, dark, 360, 740",
        "canary, light, 820, 1100",
        "rolled-back, print, 718, 1000"
    })
    void readsWell(String run, String scheme, int width, int height) throws IOException {
        Path file = SHOTS.resolve(run + ".html");
        Files.writeString(file, HtmlReport.render(RUNS.get(run)));
        try (DevTools page = DevTools.page(address)) {
            page.call(
                    "Emulation.setDeviceMetricsOverride",
                    "width",
                    width,
                    "height",
                    height,
                    "deviceScaleFactor",
                    1,
                    "mobile",
                    width < 500);
            List<Map<String, String>> features =
                    List.of(Map.of("name", "prefers-color-scheme", "value", scheme.equals("dark") ? "dark" : "light"));
            page.call(
                    "Emulation.setEmulatedMedia", "media", scheme.equals("print") ? "print" : "", "features", features);
            page.load(file.toUri().toString());
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");

            overflowsNowhere(page);
            isVisible(page);
            hasContrast(page, run, scheme);
            shoot(page, run + "-" + scheme + "-" + width, width);
            isQuiet(page, file);
        }
    }

    /** A check is trusted only after it has failed. */
    @Test
    void plantedFaultsAreSeen() throws IOException {
        Path file = SHOTS.resolve("planted.html");
        Files.writeString(
                file,
                """
                <!doctype html><meta charset="utf-8"><body style="background:#fff">
                <p style="color:#999">pale</p><div style="width:3000px">wide</div>
                <img src="http://127.0.0.1:9/beacon.png"><script>console.error("loud")</script>""");
        try (DevTools page = DevTools.page(address)) {
            page.load(file.toUri().toString());

            assertThat(page.evaluate(script("contrast.js")).get("bad")).hasSize(1);
            assertThatThrownBy(() -> overflowsNowhere(page)).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> isVisible(page)).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> isQuiet(page, file)).hasMessageContaining("beacon.png");
            assertThat(page.events("Runtime.consoleAPICalled")).hasSize(1);
        }
    }

    private static void overflowsNowhere(DevTools page) {
        JsonNode n = page.evaluate("({scroll: document.scrollingElement.scrollWidth, inner: innerWidth})");
        assertThat(n.get("scroll").asInt()).isLessThanOrEqualTo(n.get("inner").asInt());
    }

    private static void isVisible(DevTools page) {
        JsonNode svgs = page.evaluate("[...document.querySelectorAll('svg.plot')].map(s => {"
                + "const r = s.getBoundingClientRect(); return {w: r.width, h: r.height}})");
        assertThat(svgs).isNotEmpty().allSatisfy(s -> {
            assertThat(s.get("w").asDouble()).isGreaterThan(300);
            assertThat(s.get("h").asDouble()).isGreaterThan(60);
        });
        assertThat(page.evaluate("document.body.innerText").asText()).contains("Timeline", "Steps", "Who drove it");
        assertThat(page.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
        assertThat(page.evaluate("document.scripts.length").asInt()).isZero();
    }

    private static void hasContrast(DevTools page, String run, String scheme) throws IOException {
        JsonNode n = page.evaluate(script("contrast.js"));
        assertThat(n.get("seen").asInt()).isGreaterThan(100);
        assertThat(n.get("bad"))
                .as("texts of %s in %s with too little contrast", run, scheme)
                .isEmpty();
        boolean dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
                .asBoolean();
        assertThat(dark).isEqualTo(scheme.equals("dark"));
    }

    /** Nothing but the file itself is asked for, and nothing is complained about. */
    private static void isQuiet(DevTools page, Path file) {
        assertThat(page.events("Network.requestWillBeSent"))
                .extracting(e -> e.params().path("request").path("url").asText())
                .filteredOn(url -> !url.equals("data:,"))
                .containsExactly(file.toUri().toString());
        assertThat(page.events("Log.entryAdded")).isEmpty();
        assertThat(page.events("Runtime.consoleAPICalled")).isEmpty();
        assertThat(page.events("Runtime.exceptionThrown")).isEmpty();
        assertThat(page.events("Audits.issueAdded"))
                .extracting(e -> e.params().path("issue").path("code").asText())
                .isEmpty();
    }

    private static void shoot(DevTools page, String name, int width) throws IOException {
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)");
        int height = page.evaluate("document.scrollingElement.scrollHeight").asInt();
        shoot(page, name, width, height);
        if (name.equals("canary-light-1280")) {
            String end = "Math.round(document.querySelector('.chart').getBoundingClientRect().bottom + scrollY + 28)";
            shoot(page, "report-light", width, page.evaluate(end).asInt());
        }
    }

    private static void shoot(DevTools page, String name, int width, int height) throws IOException {
        Map<String, Integer> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
        JsonNode shot =
                page.call("Page.captureScreenshot", "format", "png", "captureBeyondViewport", true, "clip", clip);
        byte[] png = Base64.getDecoder().decode(shot.get("data").asText());
        assertThat(png.length).isGreaterThan(10_000);
        Files.write(SHOTS.resolve(name + ".png"), png);
    }

    private static String script(String name) throws IOException {
        try (InputStream in = ReportInChromiumTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
