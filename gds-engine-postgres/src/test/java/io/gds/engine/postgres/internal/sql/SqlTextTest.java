package io.gds.engine.postgres.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.ErrorCategory;
import io.gds.database.error.GdsDatabaseException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTextTest {
    @Test
    void namesAndStringsCannotLeaveTheirQuotes() {
        SqlText sql = SqlText.of(
                "ALTER ROLE {} PASSWORD {}", Identifier.of("a\"; DROP TABLE x; --"), Literal.of("it's \\' {}"));

        assertThat(sql.sql()).isEqualTo("ALTER ROLE \"a\"\"; DROP TABLE x; --\" PASSWORD E'it''s \\\\'' {}'");
        assertThat(Identifier.of("s", "t").sql()).isEqualTo("\"s\".\"t\"");
        assertThat(SqlText.list(List.of(Literal.of("a"), Literal.of("b"))).sql())
                .isEqualTo("'a', 'b'");
    }

    @Test
    void secretsAreMaskedWhereTheStatementIsShown() {
        SqlText sql = SqlText.of("PASSWORD {}", Literal.secret("hunter2"));

        assertThat(sql.sql()).isEqualTo("PASSWORD 'hunter2'");
        assertThat(sql.toString()).isEqualTo("PASSWORD '***'");
        assertThat(SqlText.list(List.of(Literal.secret("hunter2"))).toString()).doesNotContain("hunter2");
    }

    @Test
    void wrongNumbersOfPartsAndImpossibleNamesAreRefused() {
        assertThatThrownBy(() -> SqlText.of("x", Identifier.of("a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SqlText.of("{} {}", Identifier.of("a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Identifier.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Identifier.of("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Literal.of("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(SqlText.of("SELECT '{}'").sql()).isEqualTo("SELECT '{}'");
    }

    @Test
    void failuresAreSortedByWhoCanActOnThem() {
        assertThat(translated("08006").code()).isEqualTo("GDS-CONNECTION");
        assertThat(translated("57P03").retryable()).isTrue();
        assertThat(translated("53300").category()).isEqualTo(ErrorCategory.ENVIRONMENT);
        assertThat(translated("28P01").code()).isEqualTo("GDS-LOGIN");
        assertThat(translated("40001").retryable()).isTrue();
        assertThat(translated("42P01").category()).isEqualTo(ErrorCategory.ENGINE);
        assertThat(translated("42P01").retryable()).isFalse();
        assertThat(translated("42P01")).hasMessageContaining("SQLSTATE 42P01").hasMessageContaining("member n1");
    }

    private static GdsDatabaseException translated(String state) {
        return SqlErrors.translate("member n1", new SQLException("no", state));
    }
}
