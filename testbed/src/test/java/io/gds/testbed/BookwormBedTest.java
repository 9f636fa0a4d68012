package io.gds.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract, and what one edition stands for: loads, the ledger, nodes and servers that die. */
@Tag("slow")
class BookwormBedTest extends BedContract {
    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));

    @Override
    Bed bed() {
        return TESTBED.bed();
    }

    @Test
    void loadRunsThroughHaproxyPgbouncerAndPools() {
        for (String url : List.of(
                bed().sql().haproxyUrl(),
                bed().sql().pgbouncerUrl(),
                bed().sql().pgbouncerThroughHaproxyUrl())) {
            try (WriteLoad load = WriteLoad.through(bed(), url, 4, PACE)) {
                load.awaitCommits(50, SOON).stop().assertNoneFailed();
            }
        }
        PGSimpleDataSource pool = new PGSimpleDataSource();
        pool.setUrl(bed().sql().directUrl());
        pool.setUser(BedSql.APP);
        pool.setPassword(BedSql.APP_PASSWORD);
        try (WriteLoad load = WriteLoad.through(bed(), pool, 2, PACE)) {
            load.awaitCommits(50, SOON).stop().assertNoneFailed();
        }
    }

    @Test
    void loadFindsLostAndDoubledRows() throws Exception {
        try (WriteLoad load = WriteLoad.through(bed(), bed().sql().directUrl(), 2, PACE)) {
            load.awaitCommits(50, SOON);
            try (var c = bed().sql().connectAsSuperuser(bed().sql().leader(), BedSql.DATABASE);
                    var s = c.createStatement()) {
                s.execute("insert into bed_ledger select * from bed_ledger where client = 0 order by seq limit 3");
                s.execute("delete from bed_ledger where client = 1 and seq < 2");
            }
            WriteLoadResult result = load.stop();
            assertThat(result.twice()).isEqualTo(3);
            assertThat(result.lost()).isEqualTo(2);
            assertThatThrownBy(result::assertNothingLost).hasMessageContaining("not all there");
        }
    }

    @Test
    void crashedNodeIsGoneAndComesBack() throws Exception {
        Invariants before = Invariants.of(bed());
        BedNode n3 = bed().node("n3");
        n3.crash();
        assertThat(n3.isUp()).isFalse();
        assertThat(n3.path("/etc/hostname")).hasContent("n3");
        assertThatThrownBy(() -> n3.exec("true")).hasMessageContaining("is down");
        n3.boot();
        before.assertKept();
    }

    @Test
    void killedServerIsStartedAgainByPatroni() throws Exception {
        Invariants before = Invariants.of(bed());
        BedNode n2 = bed().node("n2");
        var start = bed().sql().postmasterStart(n2);
        assertThat(n2.kill9("bin/postgres -D")).isTrue();
        Eventually.holds(
                SOON, "a new postmaster", () -> bed().sql().postmasterStart(n2).isAfter(start));
        before.assertKept();
    }
}
