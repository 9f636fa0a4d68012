package io.gds.database.testkit;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.version.EngineVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A fresh cluster for one test of the contract, and ways to see the truth about it without the plugin. An engine's author
 * implements it. Confined to the thread of the test.
 */
public interface EngineFixture extends AutoCloseable {
    /** The cluster, open. */
    DatabaseEngine engine();

    /** A patcher that finds the engine. */
    RollingPatcher patcher();

    /** The patcher's journal. */
    Journal journal();

    /** The clock that the patcher and the engine ask. */
    Clock clock();

    /** Lets time pass: really, or by moving the clock. */
    void pass(Duration time);

    /** The names of all members. */
    List<String> members();

    /** The version that a member runs, asked without the plugin; empty when no process of it is left. */
    Optional<EngineVersion> running(String member);

    /** The member that accepts writes, asked without the plugin. */
    String primary();

    /** Whether an application could write now, tried without the plugin. */
    boolean isWritable();

    /**
     * How often a member was promoted since the cluster exists, seen without the plugin, for example PostgreSQL's
     * timeline; empty when the product does not tell.
     */
    OptionalLong promotions();

    /**
     * Whether the members elect a primary by themselves when theirs dies. Then it may be another one, and it takes the time of
     * an election.
     */
    default boolean electsByItself() {
        return false;
    }

    /**
     * What changes whenever a member's process is started anew, seen without the plugin, for example the time of its
     * start; empty when the member is down or the product does not tell.
     */
    default Optional<String> incarnation(String member) {
        return Optional.empty();
    }

    /**
     * Whether a member that the verbs have stopped is out of service, seen without the plugin: no process of it is left. The fixture of a
     * product whose own installer ends the process says what stands for that, for example that no data reach the member any more.
     */
    default boolean isOutOfService(String member) {
        return running(member).isEmpty();
    }

    /** Ends a member's process the hard way. */
    void kill(String member);

    /** Starts a member as an administrator would. */
    void restart(String member);

    /** The version to patch to; the cluster runs an older one of the same major. */
    EngineVersion target();

    @Override
    void close();
}
