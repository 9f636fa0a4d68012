package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.spi.Permit;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stop or a step-down waits for, in the words of the servers. */
class BusyTest {
    private final FakeSet set = Played.three("6.0.5", Clock.systemUTC());
    private final Played p = new Played(set, Clock.systemUTC(), "6.0.5");
    private final PlayedStep step = p.step("member.stop@1").with("member", "m3");

    @AfterEach
    void close() {
        assertThat(set.sends().unknown()).isEmpty();
        p.close();
    }

    static Stream<Arguments> operations() {
        Document byCommand = new Document("op", "command")
                .append("ns", "shop.$cmd")
                .append("command", new Document("createIndexes", "orders"));
        Document byMessage = new Document("op", "command")
                .append("ns", "shop.orders")
                .append("msg", "Index Build: scanning collection Index Build: scanning collection: 3/10 30%");
        Document resharding = new Document("type", "op")
                .append("desc", "ReshardingRecipientService 6b02ef42-5de8-44c1-838d-b393127a2768")
                .append("op", "command")
                .append("ns", "shop.orders")
                .append("originatingCommand", new Document("reshardCollection", "shop.orders"));
        return Stream.of(
                Arguments.of(byCommand, "[createIndexes on shop.$cmd]"),
                Arguments.of(byMessage, "[createIndexes on shop.orders]"),
                Arguments.of(resharding, "[reshardCollection on shop.orders]"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatAnEndWouldBreakOffIsWaitedFor(Document operation, String named) {
        set.member("m3").worksAt(operation);
        assertThat(p.verbs().mayGoDown("m3", Set.of(), step)).isInstanceOfSatisfying(Permit.Wait.class, w -> assertThat(
                        w.blocked().observed())
                .isEqualTo("m3 is busy with " + named));
        set.member("m3").worksAt();
        assertThat(p.verbs().mayGoDown("m3", Set.of(), step)).isInstanceOf(Permit.Granted.class);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void soIsWhatAStepDownWouldDisturb(Document operation, String named) {
        set.member("m1").worksAt(operation);
        assertThat(p.verbs().maySwitchOver("m1", "m2", step)).isInstanceOfSatisfying(Permit.Wait.class, w -> assertThat(
                        w.blocked().observed())
                .isEqualTo("m1 is busy with " + named));
        set.member("m1").worksAt();
        assertThat(p.verbs().maySwitchOver("m1", "m2", step)).isInstanceOf(Permit.Granted.class);
    }

    @Test
    void whatReadersDoIsNot() {
        set.member("m3")
                .worksAt(new Document("op", "query")
                        .append("ns", "shop.orders")
                        .append("command", new Document("find", "orders")));
        assertThat(p.verbs().mayGoDown("m3", Set.of(), step)).isInstanceOf(Permit.Granted.class);
    }
}
