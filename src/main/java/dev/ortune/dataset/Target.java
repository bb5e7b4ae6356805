package dev.ortune.dataset;

/** What a classifier should answer for a text. */
public sealed interface Target permits SingleLabelTarget, MultiLabelTarget {}
