package io.gds.engine.postgres.internal.patroni.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsBlockTest {
    private static final String OURS = TagsBlock.of(Params.of("nofailover", true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scope: a\ntags: {nofailover: false}\n",
                "scope: a\ntags:\n  nofailover: false # by kim\n  clonefrom: true\n\n# the watchdog\nwatchdog:\n  mode: off\n",
                "tags:\n# a comment in between\n  nofailover: false\nscope: a",
                "scope: a\ntags: {}",
                "scope: a\n\"tags\":\n    nosync: true\npostgresql: {data_dir: /d}\n",
                "scope: a\n",
                "scope: a",
                "postgresql:\n  tags: not these\nscope: a\n"
            })
    void whatIsPutInIsTakenOutToTheLastByte(String file) {
        TagsBlock found = TagsBlock.in(file);
        String changed = found.with(OURS);
        assertThat(changed).contains(OURS);
        TagsBlock ours = TagsBlock.in(changed);
        assertThat(ours.text()).isEqualTo(OURS);
        String end = file.endsWith("\n") || !found.text().isEmpty() ? "" : "\n";
        assertThat(ours.with(found.text())).isEqualTo(file + end);
    }

    @Test
    void keepsWhatStandsAround() {
        String file = "scope: a\ntags:\n  nofailover: false\n\n# the watchdog\nwatchdog: {mode: off}\n";
        assertThat(TagsBlock.in(file).with(OURS))
                .isEqualTo("scope: a\n" + OURS + "\n\n# the watchdog\nwatchdog: {mode: off}\n");
    }

    @Test
    void doesNotMistakeANestedKey() {
        assertThat(TagsBlock.in("bootstrap:\n  tags: {a: b}\n").text()).isEmpty();
    }
}
