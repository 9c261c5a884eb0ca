package org.knime.core.node.message;

import java.util.List;
import java.util.Objects;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;

/** What a node tells its user: a summary, at most one issue in detail, and possible remedies. */
public final class Message {

    private final String summary;
    private final String issue;
    private final List<String> resolutions;

    Message(String summary, String issue, List<String> resolutions) {
        this.summary = Objects.requireNonNull(summary, "summary");
        this.issue = issue;
        this.resolutions = List.copyOf(resolutions);
    }

    public static MessageBuilder builder() {
        return new MessageBuilder();
    }

    public static Message fromSummary(String summary) {
        return new Message(String.valueOf(summary), null, List.of());
    }

    public static Message fromSummaryWithResolution(String summary, String... resolutions) {
        return new Message(summary, null, List.of(resolutions));
    }

    public static String getSummaryFrom(Message message) {
        return message == null ? null : message.summary;
    }

    public MessageBuilder modify() {
        MessageBuilder builder = new MessageBuilder().withSummary(summary);
        if (issue != null) {
            builder.addTextIssue(issue);
        }
        return builder.addResolutions(resolutions.toArray(String[]::new));
    }

    public String getSummary() {
        return summary;
    }

    public List<String> getResolutions() {
        return resolutions;
    }

    public KNIMEException toKNIMEException() {
        return KNIMEException.of(this);
    }

    public KNIMEException toKNIMEException(Throwable cause) {
        return KNIMEException.of(this, cause);
    }

    /** An exception whose cause holds the whole message. */
    public InvalidSettingsException toInvalidSettingsException() {
        return new InvalidSettingsException(summary, toKNIMEException());
    }

    public InvalidSettingsException toInvalidSettingsException(Throwable cause) {
        return new InvalidSettingsException(summary, toKNIMEException(cause));
    }

    /** Everything that the message holds, over several lines. */
    public String toLogPrintable() {
        StringBuilder text = new StringBuilder(summary);
        if (issue != null) {
            text.append("\n  ").append(issue);
        }
        resolutions.forEach(resolution -> text.append("\n  To resolve: ").append(resolution));
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message
                && summary.equals(message.summary)
                && Objects.equals(issue, message.issue)
                && resolutions.equals(message.resolutions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(summary, issue, resolutions);
    }

    @Override
    public String toString() {
        return toLogPrintable();
    }
}
