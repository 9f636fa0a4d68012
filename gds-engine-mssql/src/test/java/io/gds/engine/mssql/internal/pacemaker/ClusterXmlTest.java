package io.gds.engine.mssql.internal.pacemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import org.junit.jupiter.api.Test;

/** Outputs of Pacemaker 1.1 and 2.1 as they are printed. */
class ClusterXmlTest {
    private static final String OLD =
            """
            <?xml version="1.0"?>
            <crm_mon version="1.1.23">
                <summary>
                    <current_dc present="true" version="1.1.23" name="n1" id="1" with_quorum="true" />
                    <cluster_options stonith-enabled="true" symmetric-cluster="true" no-quorum-policy="stop" maintenance-mode="false" />
                </summary>
                <nodes>
                    <node name="n1" id="1" online="true" standby="false" standby_onfail="false" maintenance="false" pending="false"
                     unclean="false" shutdown="false" expected_up="true" is_dc="true" resources_running="3" type="member" />
                    <node name="n2" id="2" online="false" standby="true" standby_onfail="false" maintenance="false" pending="false"
                     unclean="false" shutdown="false" expected_up="true" is_dc="false" resources_running="0" type="member" />
                </nodes>
                <resources>
                    <clone id="ag_cluster-master" multi_state="true" unique="false" managed="true" failed="false" failure_ignored="false" >
                        <resource id="ag_cluster" resource_agent="ocf::mssql:ag" role="Master" active="true" orphaned="false" managed="true"
                         failed="false" failure_ignored="false" nodes_running_on="1" >
                            <node name="n1" id="1" cached="false"/>
                        </resource>
                    </clone>
                </resources>
            </crm_mon>
            """;

    private static final String NEW =
            """
            <pacemaker-result api-version="2.30" request="crm_mon --as-xml">
              <summary>
                <current_dc present="true" version="2.1.6" name="n2" id="2" with_quorum="false" mixed_version="false"/>
                <cluster_options stonith-enabled="true" symmetric-cluster="true" no-quorum-policy="stop" maintenance-mode="true"
                 stop-all-resources="false" stonith-timeout-ms="60000" priority-fencing-delay-ms="0"/>
              </summary>
              <nodes>
                <node name="n1" id="1" online="true" standby="false" standby_onfail="false" maintenance="false" pending="false" unclean="false"
                 health="green" feature_set="3.17.4" shutdown="false" expected_up="true" is_dc="false" resources_running="1" type="member"/>
              </nodes>
              <resources>
                <clone id="ag_cluster-clone" multi_state="true" unique="false" maintenance="false" managed="false" disabled="false"
                 failed="false" failure_ignored="false">
                  <resource id="ag_cluster" resource_agent="ocf:mssql:ag" role="Promoted" active="true" orphaned="false" blocked="false"
                   maintenance="false" managed="false" failed="false" failure_ignored="false" nodes_running_on="1">
                    <node name="n1" id="1" cached="true"/>
                  </resource>
                </clone>
              </resources>
              <node_history><node name="n1"/></node_history>
              <status code="0" message="OK"/>
            </pacemaker-result>
            """;

    private static final String MOVED =
            """
            <constraints>
              <rsc_colocation id="colocation-virtualip" rsc="virtualip" with-rsc="ag_cluster-master" with-rsc-role="Master" score="INFINITY"/>
              <rsc_location id="cli-prefer-ag_cluster-master" rsc="ag_cluster-master" role="Master" node="n2" score="INFINITY"/>
              <rsc_location id="cli-prefer-virtualip" rsc="virtualip" node="n2" score="INFINITY"/>
              <rsc_location id="location-ag_cluster-master-n1" rsc="ag_cluster-master" node="n1" score="50"/>
            </constraints>
            """;

    private static final String FOR_A_WHILE =
            """
            <constraints>
              <rsc_location id="cli-prefer-ag_cluster-clone" rsc="ag_cluster-clone" role="Promoted">
                <rule boolean-op="and" id="cli-prefer-rule-ag_cluster-clone" score="INFINITY">
                  <expression attribute="#uname" id="cli-prefer-expr-ag_cluster-clone" operation="eq" type="string" value="N1"/>
                  <date_expression end="2026-01-01 10:00:00 +01:00" id="cli-prefer-lifetime-end-ag_cluster-clone" operation="lt"/>
                </rule>
              </rsc_location>
            </constraints>
            """;

    @Test
    void anOldClusterIsRead() {
        ClusterState state = ClusterXml.read(OLD, MOVED, "ag_cluster-master");
        assertThat(state.hasQuorum()).isTrue();
        assertThat(state.inMaintenance()).isFalse();
        assertThat(state.nodes())
                .containsExactly(
                        new ClusterState.Node("n1", true, false, 3), new ClusterState.Node("n2", false, true, 0));
        assertThat(state.resource()).contains(new ClusterState.Resource(true, java.util.List.of("ocf::mssql:ag")));
        assertThat(state.moves()).containsExactly(new ClusterState.Constraint("cli-prefer-ag_cluster-master", "n2"));
        assertThat(state.isToldToMoveTo("N2")).isTrue();
        assertThat(state.isToldToMoveTo("n1")).isFalse();
    }

    @Test
    void aNewClusterIsReadWithAConstraintOfALimitedTime() {
        ClusterState state = ClusterXml.read(NEW, FOR_A_WHILE, "ag_cluster-clone");
        assertThat(state.hasQuorum()).isFalse();
        assertThat(state.inMaintenance()).isTrue();
        assertThat(state.nodes()).hasSize(1);
        assertThat(state.resource().orElseThrow().isManaged()).isFalse();
        assertThat(state.isToldToMoveTo("n1")).isTrue();
        assertThat(ClusterXml.read(NEW, "<constraints/>", "other").resource()).isEmpty();
    }

    @Test
    void whatIsNoXmlIsSaid() {
        assertThatThrownBy(() -> ClusterXml.read("Error: cluster is not running", "<constraints/>", "ag"))
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("MSSQL-PCS-ANSWER"));
        assertThatThrownBy(() -> ClusterXml.read(
                        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "<constraints/>", "ag"))
                .isInstanceOf(GdsDatabaseException.class);
    }
}
