/** What a model is: its task, what it is fed with, where it comes from; and the one door through which models open. */
package org.selfdiff.model;
