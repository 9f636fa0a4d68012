package io.gds.engine.mssql.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.GdsDatabaseException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SecretsInErrorsTest {
    @Test
    void anErrorThatQuotesTheStatementDoesNotQuoteItsSecret() {
        SQLException driver = new SQLException("Incorrect syntax near 'it''s me'; it's me", "S0001", 102);
        driver.setNextException(new SQLException("it's me again", "S0001", 319));
        GdsDatabaseException e = SqlErrors.of("SQL01", "creating login x", SqlErrors.without("it's me", driver));
        StringWriter whole = new StringWriter();
        e.printStackTrace(new PrintWriter(whole));
        assertThat(whole.toString()).doesNotContain("it's me", "it''s me").contains("MSSQL-102", "***");
        boolean alone = e.getCause() instanceof SQLException cause && cause.getNextException() == null;
        assertThat(alone).isTrue();
    }

    @Test
    void whatIsAboutTheConnectionStaysSo() {
        SQLException gone = new SQLException("The connection is closed.", "08S01", 0);
        assertThat(SqlErrors.of("SQL01", "creating login x", SqlErrors.without("secret", gone)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("MSSQL-UNREACHABLE"))
                .satisfies(e -> assertThat(e.retryable()).isTrue());
    }
}
