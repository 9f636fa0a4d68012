package io.gds.engine.postgres.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Database;
import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore against one real server; a subclass for each major version. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BackupTest {
    private final String version;
    private Cluster cluster;
    private PostgresEngine own;

    @TempDir
    private Path temporary;

    BackupTest(String version) {
        this.version = version;
    }

    @BeforeAll
    void start() {
        cluster = Cluster.shared(version);
        own = cluster.withoutShell();
        run("app", "CREATE ROLE reporter");
    }

    @AfterAll
    void stop() {
        own.close();
    }

    @Test
    void everythingOfTheSubsetComesBack() {
        Database source = made("shop");
        run("shop", resource("shop.sql"));
        Path directory = temporary.resolve("shop");

        assertThat(source.backup(directory).detail()).contains("tables to");
        assertThat(made("shop_again").restore(directory).detail()).startsWith("loaded ");

        assertThat(Fingerprint.of(own, "shop_again")).isEqualTo(Fingerprint.of(own, "shop"));
        assertThat(Fingerprint.of(own, "shop")).containsKeys("rows of shop.item", "constraint item_pkey on shop.item");
        // A second dump of the copy is the same dump: nothing was lost that a dump can see.
        Path again = temporary.resolve("shop_again");
        own.database("shop_again").backup(again);
        assertThat(statements(again)).containsExactlyInAnyOrderElementsOf(statements(directory));
        // Sequences go on where they were.
        assertThat(one("shop_again", "INSERT INTO shop.item (name, price) VALUES ('next', 1) RETURNING id"))
                .isEqualTo(one("shop", "INSERT INTO shop.item (name, price) VALUES ('next', 1) RETURNING id"));
    }

    @Test
    void whatIsOutsideTheSubsetIsNamedBeforeAnythingIsWritten() {
        made("strange");
        run("strange", resource("strange.sql"));
        Path directory = temporary.resolve("strange");

        assertThatThrownBy(() -> own.database("strange").backup(directory))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                        .isEqualTo("GDS-BACKUP-UNSUPPORTED-OBJECTS"))
                .hasMessageContaining("partitioning of public.measurement")
                .hasMessageContaining("inheritance of public.child")
                .hasMessageContaining("row security of public.secured")
                .hasMessageContaining("policy mine")
                .hasMessageContaining("rule quiet")
                .hasMessageContaining("publication everything")
                .hasMessageContaining("event trigger watch")
                .hasMessageContaining("large object 4711")
                .hasMessageContaining("longest")
                .hasMessageContaining("operator")
                .hasMessageContaining("cast from")
                .hasMessageContaining("text search configuration public.words")
                .hasMessageContaining("collation public.plain")
                .hasMessageContaining("type public.span")
                .hasMessageContaining("foreign table public.away")
                .hasMessageContaining("server elsewhere")
                .hasMessageContaining("default privileges")
                .hasMessageContaining("column privileges of public.columns");
        assertThat(directory).doesNotExist();
    }

    @Test
    void damagedOrMisplacedBackupsAreRefused() throws IOException {
        made("small");
        run("small", "CREATE TABLE t (a int); INSERT INTO t SELECT generate_series(1, 1000)");
        Path directory = temporary.resolve("small");
        own.database("small").backup(directory);
        Database target = made("small_again");

        assertThatThrownBy(() -> own.database("small").backup(directory)).hasMessageContaining("GDS-BACKUP-DIRECTORY");
        assertThatThrownBy(() -> own.database("small").restore(directory))
                .hasMessageContaining("GDS-RESTORE-NOT-EMPTY");
        assertThatThrownBy(() -> target.restore(temporary)).hasMessageContaining("GDS-BACKUP-DAMAGED");
        Path data = directory.resolve("00001.copy");
        String rows = Files.readString(data);
        Files.writeString(data, rows.replace("500\n", "501\n"));
        assertThatThrownBy(() -> target.restore(directory)).hasMessageContaining("00001.copy");
        Files.writeString(data, rows);
        assertThat(target.restore(directory).changed()).isTrue();
        assertThat(one("small_again", "SELECT count(*) FROM t")).isEqualTo("1000");
    }

    @Test
    void failedRestoreLeavesTheDatabaseEmpty() throws IOException {
        made("broken");
        run("broken", "CREATE TABLE t (a int); INSERT INTO t VALUES (1)");
        Path directory = temporary.resolve("broken");
        own.database("broken").backup(directory);
        Files.writeString(
                directory.resolve("2-finishing.sql"), "ALTER TABLE public.t ADD CONSTRAINT never CHECK (a > 1)");
        Database target = made("broken_again");

        assertThatThrownBy(() -> target.restore(directory)).hasMessageContaining("23514");

        assertThat(one("broken_again", "SELECT count(*) FROM pg_class WHERE relname = 't'"))
                .isEqualTo("0");
    }

    @Test
    void pgDumpIsUsedWhereItIsNewEnough() {
        made("tool");
        run(
                "tool",
                "CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE t1 PARTITION OF t DEFAULT;"
                        + " INSERT INTO t SELECT generate_series(1, 10)");
        Path directory = temporary.resolve("tool");
        if (installedMajor() < own.metadata().version().number(0)) {
            assertThatThrownBy(() -> cluster.engine.database("tool").backup(directory))
                    .hasMessageContaining("GDS-BACKUP-UNSUPPORTED-OBJECTS");
            return;
        }
        assertThat(cluster.engine.database("tool").backup(directory).detail()).startsWith("wrote by pg_dump");
        made("tool_again");
        assertThat(cluster.engine.database("tool_again").restore(directory).detail())
                .isEqualTo("loaded by pg_restore");
        assertThat(one("tool_again", "SELECT count(*) FROM t")).isEqualTo("10");
    }

    private static long installedMajor() {
        String said = new TestShell(java.util.Optional.empty())
                .run(io.gds.database.spi.Command.of("pg_dump", "--version"))
                .output();
        return said.isEmpty() ? 0 : Long.parseLong(said.replaceFirst("(?s)^.*\\) (\\d+).*$", "$1"));
    }

    private Database made(String name) {
        Database database = own.database(name);
        database.create();
        return database;
    }

    private void run(String database, String sql) {
        own.connections().onPrimary(database, s -> {
            s.execute(SqlText.of(sql));
            return true;
        });
    }

    private String one(String database, String sql) {
        return own.connections().onPrimary(database, s -> s.one(sql, row -> row.text(firstColumn(sql))));
    }

    private static String firstColumn(String sql) {
        return sql.contains("RETURNING") ? "id" : "count";
    }

    private static Map<String, String> statementsOf(Path directory, String file) {
        Map<String, String> all = new TreeMap<>();
        try {
            for (String s : Files.readString(directory.resolve(file)).split(";\n-- [0-9a-f]{24}\n", -1)) {
                all.put(s, file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return all;
    }

    private static List<String> statements(Path directory) {
        Map<String, String> all = statementsOf(directory, "1-definitions.sql");
        all.putAll(statementsOf(directory, "2-finishing.sql"));
        return List.copyOf(all.keySet());
    }

    private static String resource(String name) {
        try (InputStream in = BackupTest.class.getResourceAsStream("/dump/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
