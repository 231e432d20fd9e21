"""Clocks, reminders and suspicion of a tip; the order of the queue."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_queue'
down_revision = '20261123_deliveries'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # An older signature would stay beside the new one: `storage.roles` only replaces its own.
    op.execute("DROP FUNCTION IF EXISTS move_tip(uuid, text, text, timestamptz)")
    op.add_column('tip', sa.Column('suspect', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('tip', sa.Column('clock', sa.Text(), nullable=False, server_default='take'))
    op.add_column('tip', sa.Column('due_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('tip', sa.Column('remind_on', sa.Date(), nullable=True))
    op.add_column('tip', sa.Column('formal_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('tip', sa.Column('extended', sa.Integer(), nullable=False, server_default='0'))
    # Tips that came before there were clocks: a day to be taken, a week to be handled.
    op.execute("""UPDATE tip SET
        clock = CASE WHEN claimed_by IS NULL THEN 'take' ELSE 'handle' END,
        due_at = received_hour + CASE WHEN claimed_by IS NULL THEN interval '1 day'
                                      ELSE interval '7 days' END""")
    op.alter_column('tip', 'due_at', nullable=False)
    for column in ('suspect', 'clock', 'extended'):
        op.alter_column('tip', column, server_default=None)
    op.drop_index('ix_tip_queue', table_name='tip')
    op.create_index(
        'ix_tip_queue', 'tip',
        ['station_code', sa.literal_column('urgent DESC'), 'due_at', 'received_hour', 'id'],
        unique=False, postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index(
        'ix_tip_closed', 'tip', ['station_code', sa.literal_column('closed_on DESC'), 'id'],
        unique=False, postgresql_where=sa.text("state = 'closed'"),
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION IF EXISTS move_tip(uuid, text, text, timestamptz, text, timestamptz)")
    op.drop_index('ix_tip_closed', table_name='tip')
    op.drop_index('ix_tip_queue', table_name='tip')
    for column in ('extended', 'formal_since', 'remind_on', 'due_at', 'clock', 'suspect'):
        op.drop_column('tip', column)
    op.create_index(
        'ix_tip_queue', 'tip',
        ['station_code', 'state', sa.literal_column('urgent DESC'), 'received_hour', 'id'],
        unique=False,
    )
