package io.gds.engine.postgres.internal.pooler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.config.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IniTest {
    private static final HostPort N2 = new HostPort("10.0.0.2", 5433);
    private static final HostPort DEFAULT_PORT = new HostPort("n2", 5432);

    private static PoolerIni read(String... filesAndTexts) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < filesAndTexts.length; i += 2) {
            files.put(filesAndTexts[i], filesAndTexts[i + 1].getBytes(StandardCharsets.ISO_8859_1));
        }
        return new IniReader("pool1", f -> Optional.ofNullable(files.get(f))).read(filesAndTexts[0]);
    }

    private static String pointed(String text, HostPort to, String... names) {
        Map<String, byte[]> out =
                read("/a.ini", text).pointedTo(to, e -> List.of(names).contains(e.name()));
        byte[] changed = out.get("/a.ini");
        return changed == null ? text : new String(changed, StandardCharsets.ISO_8859_1);
    }

    @Test
    void changesHostAndPortOfTheNamedEntriesAndNothingElse() {
        String before = String.join(
                "\r\n",
                "; app = host=n1 port=5432",
                "# app = host=n1",
                "%include /b.ini",
                "",
                "  [databases]",
                "",
                "\tapp   =   host = n1   dbname='the app''s'  port=5432 password='ho st=n1'\t ",
                "appendix = host=n1 port=5432",
                "app2=port=6000 host='n1' user=x",
                "noport = host=n1 pool_size=5",
                "socket = dbname=x",
                "empty =",
                "[users]",
                "app = pool_mode=session",
                "[pgbouncer]",
                "logfile = /app = host=n1 \u00e9\u00ff",
                "[databases]",
                "app=host=n1");
        PoolerIni ini = read("/a.ini", before, "/b.ini", "[databases]\napp3 = host=n1\n");
        assertThat(ini.of("app")).hasSize(2);
        assertThat(ini.of("app").get(0).host()).contains("n1");
        assertThat(ini.of("app2").get(0).port()).isEqualTo(6000);

        Map<String, byte[]> after =
                ini.pointedTo(N2, e -> e.name().startsWith("app") && !e.name().equals("appendix"));

        assertThat(after).containsOnlyKeys("/a.ini", "/b.ini");
        assertThat(new String(after.get("/a.ini"), StandardCharsets.ISO_8859_1))
                .isEqualTo(before.replace(
                                "host = n1   dbname='the app''s'  port=5432 pass",
                                "host = 10.0.0.2   dbname='the app''s'  port=5433 pass")
                        .replace("port=6000 host='n1'", "port=5433 host=10.0.0.2")
                        .replace("\napp=host=n1", "\napp=host=10.0.0.2 port=5433"));
        assertThat(new String(after.get("/b.ini"), StandardCharsets.ISO_8859_1))
                .isEqualTo("[databases]\napp3 = host=10.0.0.2 port=5433\n");
    }

    @Test
    void theUsualPortIsNotAddedWhereNoneStood() {
        assertThat(pointed("[databases]\napp = host=n1", DEFAULT_PORT, "app")).isEqualTo("[databases]\napp = host=n2");
        assertThat(pointed("[databases]\napp = port=1 host=n1", DEFAULT_PORT, "app"))
                .isEqualTo("[databases]\napp = port=5432 host=n2");
    }

    @Test
    void theLastOfSeveralSettingsCounts() {
        String text = "[databases]\napp = host=a port=1 host=b port=2";
        assertThat(read("/a.ini", text).of("app").get(0).host()).contains("b");
        assertThat(pointed(text, N2, "app")).isEqualTo("[databases]\napp = host=a port=1 host=10.0.0.2 port=5433");
    }

    @Test
    void namesMayBeQuotedAndInAnyEncoding() {
        String name = new String("bücher \"1\"".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        PoolerIni ini = read("/a.ini", "[databases]\n\"" + name.replace("\"", "\"\"") + "\" = host=n1");
        assertThat(ini.of("bücher \"1\"")).hasSize(1);
    }

    @Test
    void anIncludeMayOpenTheSection() {
        PoolerIni ini = read("/a.ini", "%include /b.ini\napp = host=n1", "/b.ini", "[databases]\n");
        assertThat(ini.of("app")).hasSize(1);
    }

    @Test
    void relativeIncludesAreRefused() {
        assertThatThrownBy(() -> read("/etc/a.ini", "[databases]\n%include db.ini\n"))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("/etc/a.ini line 2 on host pool1")
                .hasMessageContaining("\"db.ini\"");
    }

    @Test
    void endlessIncludesAreRefused() {
        assertThatThrownBy(() -> read("/a.ini", "%include /a.ini")).hasMessageContaining("nested");
    }

    @Test
    void linesThatAreNoEntriesAreRefusedWithoutTheirText() {
        assertThatThrownBy(() -> read("/a.ini", "[databases]\napp = host=n1 password='secret"))
                .hasMessageContaining("/a.ini line 2")
                .hasMessageNotContaining("secret");
    }

    @Test
    void missingFilesAreNamed() {
        assertThatThrownBy(() -> read("/a.ini", "%include /gone.ini")).hasMessageContaining("/gone.ini");
    }
}
