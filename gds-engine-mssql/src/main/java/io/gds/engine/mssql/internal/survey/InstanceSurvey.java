package io.gds.engine.mssql.internal.survey;

import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import java.util.Optional;

/**
 * An instance before a plan.
 *
 * @param target which
 * @param facts what it says of itself; empty when it did not answer
 * @param silence why it did not answer; empty when it did
 * @param group the availability group that it has a replica of; empty when it has none
 */
public record InstanceSurvey(
        TargetSpec target, Optional<InstanceFacts> facts, String silence, Optional<String> group) {}
