package io.gds.engine.postgres.internal.patroni.api;

import java.util.List;
import java.util.Optional;

/**
 * One connection that receives the log from a member.
 *
 * @param user the role it logged in as
 * @param applicationName by Patroni's custom the standby's member name
 * @param address where it comes from; empty for a local one
 * @param state for example {@code streaming}
 * @param syncState {@code async}, {@code sync}, {@code quorum} or {@code potential}
 */
public record StandbyRow(
        Optional<String> user, String applicationName, Optional<String> address, String state, String syncState) {
    static List<StandbyRow> all(JsonObject json) {
        return json.objects("replication").orElse(List.of()).stream()
                .map(row -> new StandbyRow(
                        row.text("usename"),
                        row.text("application_name").orElse(""),
                        row.text("client_addr"),
                        row.text("state").orElse(""),
                        row.text("sync_state").orElse("")))
                .toList();
    }
}
