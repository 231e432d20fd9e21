"""Lost passwords, and duty hours of stations."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_desk2'
down_revision = '20261123_check'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('invite', sa.Column('resets', sa.Uuid(), nullable=True))
    op.create_foreign_key('fk_invite_resets', 'invite', 'officer', ['resets'], ['id'])
    op.create_table(
        'reset_request',
        sa.Column('officer_id', sa.Uuid(), nullable=False),
        sa.Column('asked_by', sa.Uuid(), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['officer_id'], ['officer.id'], name='fk_reset_request_officer_id'),
        sa.ForeignKeyConstraint(['asked_by'], ['officer.id'], name='fk_reset_request_asked_by'),
        sa.PrimaryKeyConstraint('officer_id', name='pk_reset_request'),
    )
    op.create_table(
        'duty_hours',
        sa.Column('station_code', sa.Text(), nullable=False),
        sa.Column('weekday', sa.SmallInteger(), nullable=False),
        sa.Column('opens', sa.SmallInteger(), nullable=False),
        sa.Column('shuts', sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ['station_code'], ['station.code'], name='fk_duty_hours_station_code'
        ),
        sa.PrimaryKeyConstraint('station_code', 'weekday', name='pk_duty_hours'),
    )


def downgrade() -> None:
    op.drop_table('duty_hours')
    op.drop_table('reset_request')
    op.drop_constraint('fk_invite_resets', 'invite', type_='foreignkey')
    op.drop_column('invite', 'resets')
