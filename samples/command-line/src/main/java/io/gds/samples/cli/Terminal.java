package io.gds.samples.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** The person in front of it, or the script behind it. */
final class Terminal {
    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;

    Terminal(BufferedReader in, PrintWriter out, PrintWriter err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    void print(String text) {
        out.println(text);
        out.flush();
    }

    void error(String text) {
        err.println(text);
        err.flush();
    }

    /** Whether somebody typed yes; silence and the end of the input are no. */
    boolean agrees(String question) throws IOException {
        out.print(question + " [y/N] ");
        out.flush();
        String answer = in.readLine();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y")
                        || answer.strip().toLowerCase(Locale.ROOT).equals("yes"));
    }
}
