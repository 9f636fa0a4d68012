package io.gds.database.testkit.powershell;

/** A place in a script: line and column, both from one. */
record Position(int line, int column) {
    static final Position NOWHERE = new Position(0, 0);
}
