package org.knime.node.parameters;

import org.knime.node.parameters.updates.EffectPredicateProvider;

/** Stands for "no effect". */
abstract class NoEffect implements EffectPredicateProvider {}
