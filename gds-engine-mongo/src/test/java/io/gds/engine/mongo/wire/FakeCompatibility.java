package io.gds.engine.mongo.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The feature compatibility version of a played set, by the rules of the manual's page "setFeatureCompatibilityVersion":
 * {@code confirm} is mandatory from 7.0 and an unknown field before, {@code dryRun} is known from 8.3, and a change that was
 * left half done is finished by the same wish. Guarded by the set.
 */
public final class FakeCompatibility {
    private static final double CONFIRM_FROM = 7.0;
    private static final double DRY_RUN_FROM = 8.3;

    private String version;
    private @Nullable String target;
    private @Nullable CommandError obstacle;
    private boolean stopsHalfWay;
    private final Map<String, String> notReached = new HashMap<>();

    FakeCompatibility(String version) {
        this.version = version;
    }

    /** What the data is compatible with. */
    public String version() {
        return version;
    }

    /** Where a change that is half done leads. */
    public Optional<String> target() {
        return Optional.ofNullable(target);
    }

    /** The data is at a version, perhaps half way to another one. */
    public void is(String now, @Nullable String halfWayTo) {
        version = now;
        target = halfWayTo;
    }

    /** A member has not replicated the last change yet; {@link #reaches} ends that. */
    public void isStill(String member, String old) {
        notReached.put(member, old);
    }

    /** A member has what the others have. */
    public void reaches(String member) {
        notReached.remove(member);
    }

    /** Something in the data speaks against a change, which a dry run finds too. */
    public void speaksAgainst(@Nullable CommandError why) {
        obstacle = why;
    }

    /** The next change begins and is broken off. */
    public void nextStopsHalfWay() {
        stopsHalfWay = true;
    }

    Document at(String member) {
        Document all = new Document("version", notReached.getOrDefault(member, version));
        if (target != null) {
            all.append("targetVersion", target).append("previousVersion", version);
        }
        return new Document("featureCompatibilityVersion", all);
    }

    void set(Document command, String server) {
        double series = Double.parseDouble(FakeMember.series(server));
        String wanted = command.getString("setFeatureCompatibilityVersion");
        boolean dry = command.getBoolean("dryRun", false);
        if (command.containsKey("dryRun") && series < DRY_RUN_FROM) {
            throw Refusals.unknownField("setFeatureCompatibilityVersion.dryRun");
        }
        if (command.containsKey("confirm") && series < CONFIRM_FROM) {
            throw Refusals.unknownField("setFeatureCompatibilityVersion.confirm");
        }
        if (!command.getBoolean("confirm", false) && series >= CONFIRM_FROM) {
            throw new CommandError(
                    7369100,
                    "Location7369100",
                    "Once you have upgraded to " + wanted + ", you will not be able to downgrade FCV and binary version"
                            + " without support assistance. Please re-run this command with 'confirm: true'.");
        }
        if (Double.parseDouble(wanted) > series) {
            throw Refusals.badValue("Invalid feature compatibility version value '" + wanted + "'");
        }
        if (obstacle != null) {
            throw obstacle;
        }
        if (dry || (wanted.equals(version) && target == null)) {
            return;
        }
        if (stopsHalfWay) {
            stopsHalfWay = false;
            target = wanted;
            throw Refusals.interruptedByStateChange();
        }
        is(wanted, null);
    }
}
