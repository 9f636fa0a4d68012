package io.gds.database.testkit.mssql;

import java.util.List;
import java.util.Locale;

/**
 * The system views of availability groups, with their columns.
 *
 * <p>Source: System catalog views and dynamic management views of Always On availability groups.
 */
enum HadrView {
    AVAILABILITY_GROUPS("group_id uuid, name varchar(128), resource_id varchar(40), resource_group_id varchar(40),"
            + " failure_condition_level int, health_check_timeout int, automated_backup_preference tinyint,"
            + " automated_backup_preference_desc varchar(60), version smallint, basic_features bit, dtc_support bit,"
            + " db_failover bit, is_distributed bit, cluster_type tinyint, cluster_type_desc varchar(60),"
            + " required_synchronized_secondaries_to_commit int, sequence_number bigint, is_contained bit"),
    AVAILABILITY_REPLICAS("replica_id uuid, group_id uuid, replica_metadata_id int, replica_server_name varchar(256),"
            + " endpoint_url varchar(256), availability_mode tinyint, availability_mode_desc varchar(60),"
            + " failover_mode tinyint, failover_mode_desc varchar(60), session_timeout int,"
            + " primary_role_allow_connections tinyint, primary_role_allow_connections_desc varchar(60),"
            + " secondary_role_allow_connections tinyint, secondary_role_allow_connections_desc varchar(60),"
            + " create_date timestamp(3), modify_date timestamp(3), backup_priority int,"
            + " read_only_routing_url varchar(256), seeding_mode tinyint, seeding_mode_desc varchar(60)"),
    AVAILABILITY_DATABASES_CLUSTER("group_id uuid, group_database_id uuid, database_name varchar(128)"),
    AVAILABILITY_GROUP_LISTENERS(
            "group_id uuid, listener_id varchar(36), dns_name varchar(63), port int, is_conformant bit,"
                    + " ip_configuration_string_from_cluster varchar(4000)"),
    DM_HADR_AVAILABILITY_REPLICA_STATES(
            "replica_id uuid, group_id uuid, is_local bit, role tinyint, role_desc varchar(60), operational_state tinyint,"
                    + " operational_state_desc varchar(60), connected_state tinyint, connected_state_desc varchar(60),"
                    + " recovery_health tinyint, recovery_health_desc varchar(60), synchronization_health tinyint,"
                    + " synchronization_health_desc varchar(60), last_connect_error_number int,"
                    + " last_connect_error_description varchar(1024), last_connect_error_timestamp timestamp(3)"),
    DM_HADR_DATABASE_REPLICA_STATES(
            "database_id int, group_id uuid, replica_id uuid, group_database_id uuid, is_local bit, is_primary_replica bit,"
                    + " synchronization_state tinyint, synchronization_state_desc varchar(60), is_commit_participant bit,"
                    + " synchronization_health tinyint, synchronization_health_desc varchar(60), database_state tinyint,"
                    + " database_state_desc varchar(60), is_suspended bit, suspend_reason tinyint,"
                    + " suspend_reason_desc varchar(60), recovery_lsn numeric(25), truncation_lsn numeric(25),"
                    + " last_sent_lsn numeric(25), last_sent_time timestamp(3), last_received_lsn numeric(25),"
                    + " last_received_time timestamp(3), last_hardened_lsn numeric(25), last_hardened_time timestamp(3),"
                    + " last_redone_lsn numeric(25), last_redone_time timestamp(3), log_send_queue_size bigint,"
                    + " log_send_rate bigint, redo_queue_size bigint, redo_rate bigint, filestream_send_rate bigint,"
                    + " end_of_log_lsn numeric(25), last_commit_lsn numeric(25), last_commit_time timestamp(3),"
                    + " low_water_mark_for_ghosts bigint, secondary_lag_seconds bigint, quorum_commit_lsn numeric(25),"
                    + " quorum_commit_time timestamp(3)"),
    DM_HADR_DATABASE_REPLICA_CLUSTER_STATES(
            "replica_id uuid, group_database_id uuid, database_name varchar(128), is_failover_ready bit,"
                    + " is_pending_secondary_suspend bit, is_database_joined bit, recovery_lsn numeric(25),"
                    + " truncation_lsn numeric(25)"),
    DM_HADR_AVAILABILITY_REPLICA_CLUSTER_STATES(
            "replica_id uuid, replica_server_name varchar(256), group_id uuid, join_state tinyint,"
                    + " join_state_desc varchar(60)"),
    DM_HADR_AVAILABILITY_REPLICA_CLUSTER_NODES(
            "group_name varchar(256), replica_server_name varchar(256), node_name varchar(256)"),
    DM_HADR_AVAILABILITY_GROUP_STATES("group_id uuid, primary_replica varchar(128), primary_recovery_health tinyint,"
            + " primary_recovery_health_desc varchar(60), secondary_recovery_health tinyint,"
            + " secondary_recovery_health_desc varchar(60), synchronization_health tinyint,"
            + " synchronization_health_desc varchar(60)"),
    DM_HADR_CLUSTER(
            "cluster_name varchar(128), quorum_type tinyint, quorum_type_desc varchar(50), quorum_state tinyint,"
                    + " quorum_state_desc varchar(50)"),
    DM_HADR_CLUSTER_MEMBERS(
            "member_name varchar(128), member_type tinyint, member_type_desc varchar(50), member_state tinyint,"
                    + " member_state_desc varchar(60), number_of_quorum_votes int");

    private final String columns;

    HadrView(String columns) {
        this.columns = columns;
    }

    /** With its schema. */
    String table() {
        return "sys." + name().toLowerCase(Locale.ROOT);
    }

    /** Name and type of each. */
    List<String> columns() {
        return List.of(columns.split(", ", -1));
    }
}
