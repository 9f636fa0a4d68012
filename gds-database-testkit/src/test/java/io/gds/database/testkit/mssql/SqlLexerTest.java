package io.gds.database.testkit.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlParameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How statements are read. */
class SqlLexerTest {
    private static List<SqlStatement> read(String text) throws SqlFailure {
        return StatementParser.read(text, List.of());
    }

    @Test
    void namesAndTextsMeanWhatIsInTheirQuotes() throws SqlFailure {
        assertThat(read("ALTER AVAILABILITY GROUP [a]]b] MODIFY REPLICA ON N'it''s' WITH (FAILOVER_MODE = MANUAL)"))
                .containsExactly(new SqlStatement.AlterGroup(
                        "a]b",
                        new SqlStatement.ModifyReplica("it's", new SqlStatement.SetFailover(FailoverMode.MANUAL))));
    }

    @Test
    void doubleQuotesAndPlainNamesAndCommentsAreRead() throws SqlFailure {
        assertThat(read("alter /* the */ availability group \"a\"\"b\" failover -- now\n; USE shop;"))
                .containsExactly(
                        new SqlStatement.AlterGroup("a\"b", new SqlStatement.Failover(false)),
                        new SqlStatement.Use("shop"));
    }

    @Test
    void everyChangeOfAGroupIsRead() throws SqlFailure {
        String group = "ALTER AVAILABILITY GROUP g ";
        assertThat(List.of(
                        read(group + "FORCE_FAILOVER_ALLOW_DATA_LOSS").get(0),
                        read(group + "SET (ROLE = SECONDARY)").get(0),
                        read(group + "SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 1)")
                                .get(0),
                        read(group + "SET (AUTOMATED_BACKUP_PREFERENCE = PRIMARY)")
                                .get(0),
                        read(group + "MODIFY REPLICA ON 's' WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT)")
                                .get(0),
                        read(group + "MODIFY REPLICA ON 's' WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = READ_ONLY))")
                                .get(0),
                        read(group + "MODIFY REPLICA ON 's' WITH (SESSION_TIMEOUT = 15)")
                                .get(0)))
                .extracting(s -> ((SqlStatement.AlterGroup) s).change())
                .containsExactly(
                        new SqlStatement.Failover(true),
                        new SqlStatement.Demote(),
                        new SqlStatement.Required(1),
                        new SqlStatement.Backup(BackupPreference.PRIMARY),
                        new SqlStatement.ModifyReplica(
                                "s", new SqlStatement.SetAvailability(AvailabilityMode.SYNCHRONOUS_COMMIT)),
                        new SqlStatement.ModifyReplica(
                                "s", new SqlStatement.SetConnections(SecondaryConnections.READ_ONLY)),
                        new SqlStatement.ModifyReplica("s", new SqlStatement.SetTimeout(15)));
    }

    @Test
    void whatTheDriverSaysByItselfIsRead() throws SqlFailure {
        assertThat(read("IF @@TRANCOUNT > 0 COMMIT TRAN set implicit_transactions off"))
                .containsExactly(new SqlStatement.End(true, true), new SqlStatement.ImplicitTransactions(false));
        assertThat(read("SET LOCK_TIMEOUT -1 SET TRANSACTION ISOLATION LEVEL READ COMMITTED SET NOCOUNT ON"))
                .contains(new SqlStatement.LockTimeout(-1), new SqlStatement.Indifferent());
    }

    @Test
    void parametersAreNumbersOfRows() throws SqlFailure {
        assertThat(StatementParser.read(
                        "INSERT INTO [dbo].[t] (id) VALUES (@P0), (-3)", List.of(new SqlParameter("@P0", 7L, false))))
                .containsExactly(new SqlStatement.Insert("t", "id", List.of(7L, -3L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER AVAILABILITY GROUP g OFFLINE",
                "ALTER AVAILABILITY GROUP g SET REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 1",
                "ALTER AVAILABILITY GROUP g MODIFY REPLICA ON s WITH (FAILOVER_MODE = MANUAL)",
                "ALTER AVAILABILITY GROUP g MODIFY REPLICA ON 's' WITH (FAILOVER_MODE = SOMETIMES)",
                "ALTER DATABASE [shop] SET HADR OFF",
                "ALTER DATABASE [shop] SET OFFLINE",
                "DROP AVAILABILITY GROUP g",
                "SET FMTONLY ON",
                "INSERT INTO other.t (id) VALUES (1)",
                "INSERT INTO t (id) VALUES (NULL)",
                "EXEC sp_who2",
                "WAITFOR DELAY '00:00:01'"
            })
    void whatIsNotKnownIsAnError(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        SqlFailure.class, e -> assertThat(e.number()).isEqualTo(102))
                .hasMessageContaining("does not know");
    }

    @Test
    void anOpenQuoteIsAnError() {
        assertThatThrownBy(() -> read("SELECT 'x")).isInstanceOfSatisfying(SqlFailure.class, e -> assertThat(e.number())
                .isEqualTo(105));
    }
}
