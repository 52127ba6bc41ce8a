package dev.heddle.spark.task;

import java.io.Serializable;

/** What a part leaves behind. */
public sealed interface Output extends Serializable permits Piece, PartReport {}
