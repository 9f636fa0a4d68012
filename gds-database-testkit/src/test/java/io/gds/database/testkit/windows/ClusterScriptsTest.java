package io.gds.database.testkit.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gds.database.testkit.mssql.ClusterNodeState;
import io.gds.database.testkit.mssql.FailoverCluster;
import io.gds.database.testkit.mssql.InstalledInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The product's scripts for failover clusters, on the model of one. */
@Timeout(120)
class ClusterScriptsTest {
    private static final String EDITION = "Standard Edition (64-bit)";
    private static final Map<String, String> ASKED = Map.of("instance", "mssqlserver", "networkName", "sqlvirt");

    private final Hosts bench = new Hosts();
    private final WindowsHost other = new WindowsHost("SQL02", bench.host.timer());
    private final FailoverCluster cluster = new FailoverCluster("SQLVIRT", "Sales")
            .node(bench.host, InstalledInstance.on(bench.host, "MSSQLSERVER", "16.0.4135.4", EDITION))
            .node(other, InstalledInstance.on(other, "MSSQLSERVER", "16.0.4165.4", EDITION));

    private static List<String> texts(JsonNode list) {
        List<String> out = new ArrayList<>();
        list.forEach(n -> out.add(n.asText()));
        return out;
    }

    private JsonNode move() {
        return bench.answer(
                "cluster-move",
                Map.of("role", "Sales", "resource", "SQL Network Name (SQLVIRT)", "from", "SQL01", "to", "SQL02"));
    }

    @Test
    void aRoleIsFoundByItsInstanceWhateverItIsCalled() {
        cluster.impossible("SQL02").state("SQL02", ClusterNodeState.PAUSED);
        JsonNode a = bench.answer("cluster-role", ASKED);
        assertThat(a.get("role").asText()).isEqualTo("Sales");
        assertThat(a.get("state").asText()).isEqualTo("Online");
        assertThat(a.get("owner").asText()).isEqualTo("SQL01");
        assertThat(texts(a.get("owners"))).containsExactly("SQL01", "SQL02");
        JsonNode second = a.get("nodes").get(1);
        assertThat(second.get("name").asText()).isEqualTo("SQL02");
        assertThat(second.get("state").asText()).isEqualTo("Paused");
        assertThat(second.get("mayOwn").asBoolean()).isFalse();
    }

    @Test
    void anotherInstancesRoleIsNotTaken() {
        JsonNode a = bench.answer("cluster-role", Map.of("instance", "SALES", "networkName", "SQLVIRT"));
        assertThat(a.get("found").asInt()).isZero();
    }

    @Test
    void possibleOwnersAreThoseThatAreSaid() {
        JsonNode a = bench.answer(
                "cluster-owners", Map.of("resource", "SQL Network Name (SQLVIRT)", "owners", List.of("SQL01")));
        assertThat(texts(a.get("owners"))).containsExactly("SQL01");
        assertThat(cluster.owners()).containsExactly("SQL01");
    }

    @Test
    void aMoveIsBegunOnceAndEndsOnTheOtherNode() {
        cluster.owners(List.of("SQL01"));
        assertThat(move().get("moving").asBoolean()).isTrue();
        assertThat(move().get("moving").asBoolean()).isFalse();
        assertThat(bench.answer("cluster-role", ASKED).get("state").asText()).isEqualTo("Pending");
        bench.clock.advance(Duration.ofSeconds(30));
        JsonNode a = bench.answer("cluster-role", ASKED);
        assertThat(a.get("state").asText()).isEqualTo("Online");
        assertThat(a.get("owner").asText()).isEqualTo("SQL02");
        assertThat(move().get("moving").asBoolean()).isFalse();
        assertThat(cluster.moves()).isEqualTo(1);
    }

    @Test
    void aPausedNodeTakesNothing() {
        cluster.state("SQL02", ClusterNodeState.PAUSED);
        JsonNode a = move();
        assertThat(a.get("moving").asBoolean()).isFalse();
        assertThat(a.get("refused").asText()).contains("The cluster node is paused");
        assertThat(cluster.owner()).isEqualTo("SQL01");
        assertThat(cluster.moves()).isZero();
    }

    @Test
    void anOwnerThatIsLostIsFailedOver() {
        bench.host.services().find("MSSQLSERVER").die();
        bench.clock.advance(Duration.ofSeconds(30));
        assertThat(cluster.owner()).isEqualTo("SQL02");
        assertThat(cluster.ledger()).containsExactly("lost SQL01", "online SQL02 16.0.4165.4");
    }
}
