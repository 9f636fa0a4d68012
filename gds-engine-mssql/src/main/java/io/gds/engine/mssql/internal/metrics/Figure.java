package io.gds.engine.mssql.internal.metrics;

/**
 * One counter of sys.dm_os_performance_counters.
 *
 * @param object its object, without the name of the instance before it
 * @param counter its name there
 * @param name what we call it
 * @param unit its unit
 * @param factor what its value is multiplied with
 * @param kind how its value is to be read
 * @param label what its instances are, for example {@code database}; empty when only the whole is asked for
 */
record Figure(String object, String counter, String name, String unit, double factor, Kind kind, String label) {
    /** How a value is to be read. */
    enum Kind {
        /** What is now. */
        NOW,
        /** It counts since the start, whatever its name says of seconds. */
        SINCE_START,
        /** A part of another counter, whose name is the same with {@code base} behind it. */
        RATIO
    }

    static final String COUNT = "1";
    static final String BYTES = "bytes";
    private static final double KILO = 1024;

    static Figure now(String object, String counter, String name, String unit) {
        return new Figure(object, counter, name, unit, 1, Kind.NOW, "");
    }

    static Figure kilobytes(String object, String counter, String name) {
        return new Figure(object, counter, name, BYTES, KILO, Kind.NOW, "");
    }

    static Figure sinceStart(String object, String counter, String name) {
        return new Figure(object, counter, name, COUNT, 1, Kind.SINCE_START, "");
    }

    static Figure ratio(String object, String counter, String name) {
        return new Figure(object, counter, name, "ratio", 1, Kind.RATIO, "");
    }

    Figure of(String instances) {
        return new Figure(object, counter, name, unit, factor, kind, instances);
    }
}
