package org.knime.core.node.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the parts of a {@link Message}. */
public final class MessageBuilder {

    private final List<String> issues = new ArrayList<>();
    private final List<String> resolutions = new ArrayList<>();
    private String summary;

    MessageBuilder() {}

    public MessageBuilder withSummary(String text) {
        summary = text;
        return this;
    }

    public MessageBuilder addTextIssue(String text) {
        issues.add(text);
        return this;
    }

    /** Notes an issue of one row; rows and columns count from 0. */
    public MessageBuilder addRowIssue(int port, int column, long row, String text) {
        return addTextIssue("Input " + (port + 1) + ", row " + (row + 1) + ", column " + (column + 1) + ": " + text);
    }

    /** Notes an issue of one row of the first input. */
    public MessageBuilder addRowIssue(int column, long row, String text) {
        return addRowIssue(0, column, row, text);
    }

    public MessageBuilder addResolutions(String... texts) {
        resolutions.addAll(List.of(texts));
        return this;
    }

    public Optional<String> getSummary() {
        return Optional.ofNullable(summary);
    }

    public long getIssueCount() {
        return issues.size();
    }

    public Optional<String> getFirstIssue() {
        return issues.stream().findFirst();
    }

    /** The message, or nothing as long as there is no summary. */
    public Optional<Message> build() {
        if (summary == null) {
            return Optional.empty();
        }
        String issue = issues.isEmpty() ? null : issues.get(0);
        if (issues.size() > 1) {
            issue += " (and " + (issues.size() - 1) + " more)";
        }
        return Optional.of(new Message(summary, issue, resolutions));
    }
}
