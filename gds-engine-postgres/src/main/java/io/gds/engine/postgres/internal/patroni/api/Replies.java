package io.gds.engine.postgres.internal.patroni.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what an answer to a verb means. A success needs its words: a status of 200 without them, from a proxy or cut
 * short, proves nothing, and every answer that Patroni is not known to give leaves the outcome open.
 */
final class Replies {
    private static final Pattern PROMOTED =
            Pattern.compile("(?:switched|failed) over to \"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    private Replies() {}

    static Outcome outcome(Verb verb, Answer answer) {
        String text = answer.body().toLowerCase(Locale.ROOT);
        return switch (answer.code()) {
            case 200 -> done(verb, answer, text);
            case 202 -> verb == Verb.RELOAD ? Outcome.ACCEPTED : Outcome.SCHEDULED;
            case 400 -> refused(verb, text);
            case 401 -> Outcome.UNAUTHORISED;
            case 403 -> Outcome.FORBIDDEN;
            case 404 -> isCancel(verb) ? Outcome.NOTHING_THERE : Outcome.OUR_BUG;
            case 409 -> text.contains("already scheduled") ? Outcome.ALREADY_SCHEDULED : Outcome.CONFLICT;
            case 411 -> Outcome.CHUNKED;
            case 412 -> precondition(text);
            case 422 -> Outcome.BAD_TIME;
            case 500 -> text.contains("paused state") ? Outcome.PAUSED_SCHEDULE : Outcome.UNKNOWN;
            case 501 -> Outcome.OLD_SERVER;
            case 503 -> unavailable(verb, text);
            default -> Outcome.UNKNOWN;
        };
    }

    /** The member an answer names as promoted. */
    static Optional<String> promoted(Answer answer) {
        Matcher m = PROMOTED.matcher(answer.body());
        return answer.code() == 200 && m.find() ? Optional.of(m.group(1)) : Optional.empty();
    }

    private static Outcome done(Verb verb, Answer answer, String text) {
        return switch (verb) {
            case SWITCHOVER -> switched(answer, text);
            case RESTART -> text.contains("restarted successfully") ? Outcome.DONE : Outcome.UNKNOWN;
            case PATCH_CONFIG -> answer.whole() && text.stripLeading().startsWith("{") ? Outcome.DONE : Outcome.UNKNOWN;
            case REINITIALIZE -> text.contains("reinitialize started") ? Outcome.ACCEPTED : Outcome.UNKNOWN;
            case CANCEL_SWITCHOVER, CANCEL_RESTART -> text.contains("deleted") ? Outcome.DONE : Outcome.UNKNOWN;
            case RELOAD -> Outcome.UNKNOWN;
        };
    }

    private static Outcome switched(Answer answer, String text) {
        if (promoted(answer).isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (text.contains("\" instead of \"")) {
            return Outcome.DONE_ELSEWHERE;
        }
        return text.contains("successfully") ? Outcome.DONE : Outcome.UNKNOWN;
    }

    private static Outcome refused(Verb verb, String text) {
        if (verb == Verb.RESTART && text.contains("restart failed")) {
            return Outcome.RESTART_FAILED; // Patroni's answer when the restart itself threw
        }
        return text.contains("paused state") ? Outcome.PAUSED : Outcome.OUR_BUG;
    }

    private static Outcome precondition(String text) {
        boolean mayCome = text.contains("can not find sync_standby") || text.contains("no good candidates");
        return mayCome ? Outcome.PRECONDITION_WAIT : Outcome.PRECONDITION_REPLAN;
    }

    private static Outcome unavailable(Verb verb, String text) {
        if (verb == Verb.PATCH_CONFIG) {
            return Outcome.CONFIG_MISSING;
        }
        if (text.contains("already in progress")) {
            return Outcome.BUSY;
        }
        if (verb == Verb.RESTART) {
            return restartUnavailable(text);
        }
        if (verb == Verb.REINITIALIZE) {
            return text.contains("can not reinitialize") ? Outcome.CANNOT_REINITIALIZE : Outcome.UNKNOWN;
        }
        if (text.contains("failed to write")) {
            return Outcome.NOT_WRITTEN;
        }
        return text.matches("(?s)\\s*(switchover|failover) failed\\s*") ? Outcome.NOT_SWITCHED : Outcome.UNKNOWN;
    }

    private static Outcome restartUnavailable(String text) {
        if (text.contains("conditions are not satisfied")) {
            return Outcome.CONDITIONS_NOT_MET;
        }
        if (text.contains("still starting")) {
            return Outcome.STILL_STARTING;
        }
        return text.contains("restart failed") ? Outcome.RESTART_FAILED : Outcome.UNKNOWN;
    }

    private static boolean isCancel(Verb verb) {
        return verb == Verb.CANCEL_SWITCHOVER || verb == Verb.CANCEL_RESTART;
    }
}
