package io.gds.database.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTextsTest {
    @Test
    void htmlEscapesEverythingThatComesFromOutside() {
        String html = HtmlReport.render(SampleRuns.hostile());

        assertThat(html).doesNotContain("<script", "<b>m</b>", "\u001b", "\ud800 ");
        assertThat(html).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;");
        assertThat(html).contains("&lt;b&gt;m&lt;/b&gt;");
    }

    @Test
    void htmlRefersToNothingOutsideItself() {
        String html = HtmlReport.render(SampleRuns.canarySuccess());

        assertThat(html).contains("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:");
        assertThat(html).doesNotContain("http://", "https://", "@import", "src=", "<script");
        assertThat(html.split("href=", -1)).hasSize(2);
    }

    @Test
    void htmlShowsWhoDecidedAndWhoDrove() {
        String html = HtmlReport.render(SampleRuns.canarySuccess());

        assertThat(html).contains("robin", "canary healthy, p99 unchanged", "kim", "a cache, refilled on start");
        assertThat(html).contains("ops-1 · pid 4711", "ops-2 · pid 991", "15.19 → 15.20", "412 ms", "21\u202f904");
        assertThat(html).contains("Every acknowledged write is there exactly once.", "Nobody measured for 31 min.");
    }

    @Test
    void aBrokenPromiseIsSaidLoudly() {
        Story s = new Story("r", SamplePlans.patch()).taken("ops-1", 1, 1);
        s.probe(new io.gds.database.run.WriteReport(
                10, 0, 0, 2, 0, Duration.ZERO, Duration.ZERO, Duration.ofMillis(50), 1));
        ReportSource broken = s.is(io.gds.database.run.RunStatus.FAILED);

        assertThat(HtmlReport.render(broken)).contains("class=\"promise broken\"", "class=\"tile bad\"");
        assertThat(TextReport.render(broken)).contains("THE PROMISE WAS BROKEN");
    }

    @Test
    void textHoldsTheFactsAndNoControlCharacters() {
        assertThat(TextReport.render(SampleRuns.rolledBack()))
                .contains(
                        "ROLLED BACK: Rolling patch of orders-eu to 15.20",
                        "PG-START",
                        "install the timescaledb package")
                .contains("(2 tries)", "way back: done, 13 s");
        assertThat(TextReport.render(SampleRuns.hostile()).chars())
                .allMatch(c -> c == '\n' || !Character.isISOControl(c));
    }

    @Test
    void jsonKeepsItsKeys() throws Exception {
        JsonNode r = JsonMapper.builder().build().readTree(JsonReport.render(SampleRuns.canarySuccess()));

        assertThat(r.fieldNames())
                .toIterable()
                .containsExactly(
                        "format",
                        "run",
                        "status",
                        "kind",
                        "title",
                        "planHash",
                        "cluster",
                        "from",
                        "to",
                        "createdAt",
                        "startedAt",
                        "endedAt",
                        "ms",
                        "summary",
                        "cause",
                        "next",
                        "writes",
                        "unobservedMs",
                        "unobserved",
                        "steps",
                        "brackets",
                        "gates",
                        "findings",
                        "drivers",
                        "events");
        assertThat(r.at("/steps/0").fieldNames())
                .toIterable()
                .containsExactly(
                        "number",
                        "id",
                        "title",
                        "action",
                        "target",
                        "state",
                        "startedAt",
                        "endedAt",
                        "ms",
                        "attempts",
                        "note",
                        "estimateMs",
                        "wayBack",
                        "wentBack");
        assertThat(r.at("/writes/longestGapMs").asLong()).isEqualTo(412);
        assertThat(r.at("/gates/0/approvals/0/by").asText()).isEqualTo("robin");
        assertThat(r.at("/unobservedMs").asLong())
                .isEqualTo(Duration.ofMinutes(31).toMillis());
        assertThat(r.at("/findings/0/acknowledged/by").asText()).isEqualTo("kim");
        assertThat(r.get("events")).hasSize(SampleRuns.canarySuccess().events().size());
        assertThat(r.get("cause").isNull()).isTrue();
    }

    @Test
    void jsonOfEveryRunCanBeRead() throws Exception {
        for (ReportSource s : new ReportSource[] {
            SampleRuns.rolledBack(), SampleRuns.takeover(), SampleRuns.undetermined(), SampleRuns.hostile()
        }) {
            JsonNode r = JsonMapper.builder().build().readTree(JsonReport.render(s));
            assertThat(r.get("run").asText()).isEqualTo(s.run().value());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.34S, 340 ms",
        "PT2.4S, 2.4 s",
        "PT9.999S, 9.99 s",
        "PT13S, 13 s",
        "PT4M5S, 4 min 5 s",
        "PT20M, 20 min",
        "PT3H20M, 3 h 20 min",
        "PT52H, 2 d 4 h"
    })
    void durationsAreShort(Duration d, String words) {
        assertThat(Words.duration(d)).isEqualTo(words);
    }

    @Test
    void isoDurationsInSentencesBecomeWords() {
        assertThat(Words.iso("(PT30M elapsed and 1 approval within PT12H)"))
                .isEqualTo("(30 min elapsed and 1 approval within 12 h)");
        assertThat(Words.iso("the server PTA said PT")).isEqualTo("the server PTA said PT");
    }

    @Test
    void lagKeepsItsUnit() {
        assertThat(Map.of(
                        Words.lag(22_600_000, "BYTES"), "23 MB",
                        Words.lag(1_500, "MILLISECONDS"), "1.5 s",
                        Words.lag(1, "TRANSACTIONS"), "1 transaction",
                        Words.lag(4, "FURLONGS"), "4 furlongs"))
                .allSatisfy((found, expected) -> assertThat(found).isEqualTo(expected));
    }
}
