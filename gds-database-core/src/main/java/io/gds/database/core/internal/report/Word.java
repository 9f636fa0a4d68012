package io.gds.database.core.internal.report;

import io.gds.database.run.RunEvent;
import java.time.Instant;

/**
 * What a named person said.
 *
 * @param by who
 * @param reason why
 * @param at when
 */
record Word(String by, String reason, Instant at) {
    static Word of(RunEvent e) {
        return new Word(Data.text(e.data(), "by"), Data.text(e.data(), "reason"), e.at());
    }
}
