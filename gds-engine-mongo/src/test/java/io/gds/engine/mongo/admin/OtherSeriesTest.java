package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import io.gds.database.ConfigAdmin;
import io.gds.database.ConfigSetting;
import io.gds.database.Database;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.ProcessAdmin;
import io.gds.database.Secret;
import io.gds.database.UserAdmin;
import java.nio.file.Path;
import java.time.Instant;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The surface on the oldest servers that are supported, which know less. */
@Tag("slow")
class OtherSeriesTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"4.4.2", "5.0.4"})
    void surfaceIsTheSame(String version) {
        try (AdminSet bed = AdminSet.start(b -> b.version(version).members(1))) {
            assertThat(bed.engine().metadata().version()).hasToString(version);
            UserAdmin users = bed.facet(UserAdmin.class);
            assertThat(users.createUser("kim", Secret.of("x")).changed()).isTrue();
            assertThat(users.dropUser("kim").changed()).isTrue();
            assertThat(bed.facet(ProcessAdmin.class).processes()).isNotEmpty();
            ConfigAdmin config = bed.facet(ConfigAdmin.class);
            assertThat(config.settings()).hasSizeGreaterThan(100);
            assertThat(config.settings())
                    .extracting(ConfigSetting::name)
                    .contains("notablescan", "net.port")
                    .doesNotContain("ok", "$clusterTime");
            assertThatThrownBy(() -> config.set("enableLocalhostAuthBypass", "false"))
                    .hasMessageContaining("GDS-CONFIG")
                    .hasMessageContaining("runtime");
            assertThat(config.set("notablescan", "true").changed()).isTrue();
            assertThat(config.reset("notablescan").changed()).isTrue();
            assertThat(bed.facet(MetricSource.class).metrics(Instant.now(), Instant.now()))
                    .hasSizeGreaterThan(15);
            assertThat(bed.facet(LogSource.class).logs(Instant.EPOCH, Instant.now(), LogFilter.all()))
                    .isNotEmpty();
            comesBack(bed, version.startsWith("5"));
        }
    }

    private void comesBack(AdminSet bed, boolean series) {
        MongoDatabase source = bed.client().getDatabase("shop");
        source.getCollection("t").insertOne(new Document("_id", 1).append("a", 1));
        source.getCollection("t").createIndex(new Document("a", 1));
        if (series) {
            Shop.series(source);
        }
        bed.engine().database("shop").backup(temporary.resolve("shop"));
        Database target = bed.engine().database("again");
        target.create();
        target.restore(temporary.resolve("shop"));
        assertThat(Shop.seen(bed.client().getDatabase("again"))).isEqualTo(Shop.seen(source));
    }
}
