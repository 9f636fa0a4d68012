package io.gds.engine.mssql.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.GdsDatabaseException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;

class SlowAnswersTest {
    /** As the driver says it when a query has timed out. */
    @Test
    void anAnswerThatDoesNotComeInTimeIsAskedForAgain() {
        GdsDatabaseException e = SqlErrors.of(
                "SQL01",
                "reading its availability groups",
                new SQLTimeoutException("The query has timed out.", "HY008", 0));
        assertThat(e.code()).isEqualTo("MSSQL-SLOW");
        assertThat(e.retryable()).isTrue();
        assertThat(e).hasMessageContaining("The query has timed out");
    }
}
