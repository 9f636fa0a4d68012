package io.gds.database.testkit;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What goes wrong in a fake cluster. Set up before a run; every method returns this. Thread-safe. */
public final class FakeFaults {
    private final Set<String> startFails = new HashSet<>();
    private final Set<String> replayCrashes = new HashSet<>();
    private final Set<String> lagsForEver = new HashSet<>();
    private final Set<String> neverStops = new HashSet<>();

    private record Span(Instant from, Instant until) {}

    private final Map<String, Span> unreachable = new HashMap<>();
    private final Set<Integer> lostAnswers = new HashSet<>();
    private final Set<Integer> refused = new HashSet<>();
    private final Set<Integer> primaryDies = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private int switchoversThatDie;
    private boolean switchoverUnknowable;
    private int losesWrites;
    private int doublesWrites;

    /** A fresh set: nothing goes wrong. */
    public FakeFaults() {}

    /** A member does not start on a version. */
    public synchronized FakeFaults startFails(String member, String version) {
        startFails.add(member + "@" + EngineVersion.parse(version));
        return note(member + " does not start on " + version);
    }

    /** A follower starts on a version, and its process ends a little later while it replays. */
    public synchronized FakeFaults replayCrashes(String member, String version) {
        replayCrashes.add(member + "@" + EngineVersion.parse(version));
        return note(member + " dies in replay on " + version);
    }

    /** Once a member was restarted, its lag never closes. */
    public synchronized FakeFaults lagNeverCloses(String member) {
        lagsForEver.add(member);
        return note("lag of " + member + " never closes");
    }

    /** A member takes note of being stopped and goes on. */
    public synchronized FakeFaults neverStops(String member) {
        neverStops.add(member);
        return note(member + " never stops");
    }

    /** Somebody mended what kept a member from stopping. */
    public synchronized FakeFaults stopsAgain(String member) {
        neverStops.remove(member);
        return note(member + " stops again");
    }

    /** The next switchovers stop the old primary and then fail before they promote anybody. */
    public synchronized FakeFaults switchoverDiesHalfWay(int times) {
        switchoversThatDie = times;
        return note(times + " switchover(s) die half way");
    }

    /** After a lost answer nobody can tell whether the switchover happened. */
    public synchronized FakeFaults switchoverUnknowable(boolean unknowable) {
        switchoverUnknowable = unknowable;
        return note("switchover unknowable: " + unknowable);
    }

    /** The effect of this number happens, and the caller gets an error. */
    public synchronized FakeFaults loseAnswer(int effect) {
        lostAnswers.add(effect);
        return note("the answer of effect " + effect + " is lost");
    }

    /** The effect of this number does not happen the first time, and the caller gets an error. */
    public synchronized FakeFaults refuse(int effect) {
        refused.add(effect);
        return note("effect " + effect + " is refused once");
    }

    /** The primary's process ends right after the effect of this number. */
    public synchronized FakeFaults primaryDiesAfter(int effect) {
        primaryDies.add(effect);
        return note("the primary dies after effect " + effect);
    }

    /** Nobody reaches a member for some time; it goes on by itself. */
    public synchronized FakeFaults unreachable(String member, Instant from, Duration time) {
        unreachable.put(member, new Span(from, from.plus(time)));
        return note(member + " is unreachable for " + time + " from " + from);
    }

    /** The next switchover forgets the last acknowledged writes of the probe. */
    public synchronized FakeFaults losesWrites(int writes) {
        losesWrites = writes;
        return note("loses " + writes + " writes");
    }

    /** The next switchover repeats the last writes of the probe. */
    public synchronized FakeFaults doublesWrites(int writes) {
        doublesWrites = writes;
        return note("doubles " + writes + " writes");
    }

    private FakeFaults note(String what) {
        notes.add(what);
        return this;
    }

    synchronized boolean startFailsOn(String member, EngineVersion version) {
        return startFails.contains(member + "@" + version);
    }

    synchronized boolean replayCrashesOn(String member, EngineVersion version) {
        return replayCrashes.contains(member + "@" + version);
    }

    synchronized boolean lagsForEver(String member) {
        return lagsForEver.contains(member);
    }

    synchronized boolean stopsNever(String member) {
        return neverStops.contains(member);
    }

    synchronized boolean takeDyingSwitchover() {
        return switchoversThatDie > 0 && switchoversThatDie-- > 0;
    }

    synchronized boolean isSwitchoverUnknowable() {
        return switchoverUnknowable;
    }

    synchronized boolean takeRefused(int effect) {
        return refused.remove(effect);
    }

    synchronized boolean takeLostAnswer(int effect) {
        return lostAnswers.remove(effect);
    }

    synchronized boolean takePrimaryDeath(int effect) {
        return primaryDies.remove(effect);
    }

    synchronized int takeLostWrites() {
        int n = losesWrites;
        losesWrites = 0;
        return n;
    }

    synchronized int takeDoubledWrites() {
        int n = doublesWrites;
        doublesWrites = 0;
        return n;
    }

    synchronized boolean isUnreachable(String member, Instant now) {
        Span span = unreachable.get(member);
        return span != null && !now.isBefore(span.from()) && now.isBefore(span.until());
    }

    static GdsDatabaseException noAnswer(String from) {
        return GdsDatabaseException.environment("FAKE-NO-ANSWER")
                .message(from + " did not answer.")
                .remedy("look at the network.")
                .retryable()
                .build();
    }

    /** How long a follower of the fake lives on a version on which it dies in replay. */
    static Duration replayCrashAfter() {
        return Duration.ofSeconds(1);
    }

    @Override
    public synchronized String toString() {
        return notes.toString();
    }
}
