package io.gds.database.testkit.mssql;

import java.util.Arrays;

/** A version of four numbers, which can be compared. */
record ServerVersion(String text) implements Comparable<ServerVersion> {
    int major() {
        return numbers()[0];
    }

    private int[] numbers() {
        return Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public int compareTo(ServerVersion other) {
        return Arrays.compare(numbers(), other.numbers());
    }
}
